package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The chat as an operator wants it to look, on a site of theirs, while nobody works there. */
class BrandIT extends BrowserTest {
  private static final String LAUNCHER =
      "return document.querySelector('body > div')?.shadowRoot.querySelector('button')";
  private static final String FRAME =
      "return document.querySelector('body > div').shadowRoot.querySelector('iframe');";

  private final Site site = Site.open();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "RELAY_HTTP_EMBED_ORIGINS", site.address(),
        "RELAY_CHAT_ACCENT", "#ffd400",
        "RELAY_CHAT_TITLE", "Ana's shop",
        "RELAY_CHAT_GREETING", "{en: Ask us anything about your order.}",
        "RELAY_CHAT_QUICK_REPLIES", "{en: [I cannot log in, Where is my order?]}",
        "RELAY_TEXTS_DIR", ownTexts().toString(),
        "RELAY_QUEUES", "{default: {hours: {zone: UTC}}}");
  }

  private Path ownTexts() {
    try {
      Path texts = Files.createDirectory(folder.resolve("texts"));
      Files.writeString(
          texts.resolve("chat_en.properties"), "chat.welcome=Welcome, dear customer\n");
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stopSite() {
    site.close();
  }

  @Test
  void has_the_name_the_colour_and_the_words_of_the_brand_and_promises_nothing_that_is_not_so()
      throws IOException {
    site.embed(relay().address());
    BrowserWindow window = open(WindowShape.PHONE);
    window.go(site.address());
    window.await(
        "the button is there", () -> window.script(LAUNCHER + " ? 'yes' : '';").equals("yes"));
    assertThat(window.script("const button = " + LAUNCHER.substring("return ".length())
            + "; return getComputedStyle(button).backgroundColor;"))
        .isEqualTo("rgb(255, 212, 0)");
    window.script("Relay.open(); return '';");
    window.await("the frame is there", () -> !window.script(FRAME).equals("null"));
    window.enterFrame(FRAME);

    window.awaitText("#title", "Ana's shop");
    assertThat(window.text("body")).contains("Welcome, dear customer");
    assertThat(window.text("#greeting")).isEqualTo("Ask us anything about your order.");
    window.awaitText("#status", "Our team is offline.");
    assertThat(window.script("const style = getComputedStyle(document.querySelector('#send'));"
            + " return style.backgroundColor + ' ' + style.color;"))
        .as("black letters on yellow")
        .isEqualTo("rgb(255, 212, 0) rgb(0, 0, 0)");
    assertThat(window.overflow()).isZero();

    window.click("#quick-replies button");
    window.awaitText("#messages", "I cannot log in");
    window.awaitVisible("#messages .article");
    assertThat(window.script("return document.activeElement.id;")).isEqualTo("text");

    window.click("#messages [data-article]");
    window.awaitVisible("#article-text");
    assertThat(window.text("#article-title")).isNotEmpty();
    assertThat(window.text("#article-text")).isNotEmpty();
    assertThat(window.overflow()).isZero();
    window.press(Keys.ESCAPE);
    window.awaitHidden("#article");
    assertThat(window.isVisible("#text")).as("the chat itself stays open").isTrue();
    assertThat(window.script("return document.activeElement.hasAttribute('data-article');"))
        .isEqualTo("true");
  }
}
