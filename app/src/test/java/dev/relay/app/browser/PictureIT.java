package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Pictures: the logo of the brand, the faces of agents, and those that come with messages. */
class PictureIT extends BrowserTest {
  /** Whether a picture has arrived and is drawn. */
  private static final String DRAWN = "const image = document.querySelector(arguments[0]);"
      + " return String(Boolean(image?.complete && image.naturalWidth > 0));";

  @Override
  Map<String, String> settings() {
    try {
      return Map.of(
          "RELAY_CHAT_LOGO", Pictures.chart(folder.resolve("logo.png")).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void customers_see_the_logo_then_the_face_of_the_agent_or_initials() throws IOException {
    ChatPage chat = customer(WindowShape.PHONE);
    BrowserWindow window = chat.window();
    awaitDrawn(window, "#picture img[src*='logo-']");
    chat.say("I cannot log in");
    window.awaitVisible("#messages .article");
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");

    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.window().click("#nav-settings");
    desk.window().awaitText("#own-picture-shown", "AL");
    Path photograph = Pictures.chart(folder.resolve("photograph.png"));
    desk.window().type("#own-picture-file", photograph.toString());
    awaitDrawn(desk.window(), "#own-picture-shown img");
    assertThat(desk.window()
            .script("const image = document.querySelector('#own-picture-shown img');"
                + " return image.naturalWidth + ' ' + image.naturalHeight;"))
        .as("the middle, made small")
        .isEqualTo("256 256");
    desk.window().awaitVisible("#own-picture-remove");
    assertThat(Look.problems(desk.window(), WindowShape.AGENT)).isEmpty();
    desk.window().click("#nav-conversations");
    desk.openFirst();
    desk.accept();
    desk.say("Hello, this is Ada.");

    chat.awaitMessage("agent", "Hello, this is Ada.");
    awaitDrawn(window, "#picture img[src*='/pictures/']");
    awaitDrawn(window, "#messages [data-author=agent] .avatar img");
    assertThat(Look.problems(window, WindowShape.PHONE)).isEmpty();

    desk.window().click("#nav-settings");
    desk.window().click("#own-picture-remove");
    desk.window().awaitText("#own-picture-shown", "AL");
    assertThat(desk.window().script("return document.activeElement.id;"))
        .isEqualTo("own-picture-choose");
    window.await("the initials are back", () -> {
      window.reload();
      window.awaitText("#messages", "Hello, this is Ada.");
      window.awaitText("#status", "Ada Lovelace");
      return window.text("#picture").equals("AL");
    });
  }

  @Test
  @Tag("soak")
  void a_file_that_is_no_picture_is_refused_in_words() throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.window().click("#nav-settings");
    desk.window().awaitText("#own-picture-shown", "AL");

    Path text = folder.resolve("text.png");
    Files.writeString(text, "no picture");
    desk.window().type("#own-picture-file", text.toString());

    desk.window().awaitText("#toasts", "This file cannot be shown as a picture.");
    assertThat(desk.window().isVisible("#own-picture-remove")).isFalse();
  }

  @Test
  void a_picture_of_a_message_opens_in_place_by_the_keyboard_at_the_chat_and_at_the_desk()
      throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    Path chart = Pictures.chart(folder.resolve("sales.png"));
    chat.send(chart, "Look at this, I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    opensInPlace(chat.window(), WindowShape.CUSTOMER);

    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.openFirst();
    opensInPlace(desk.window(), WindowShape.AGENT);
  }

  private static void opensInPlace(BrowserWindow window, WindowShape shape) {
    String preview = "#messages .file-open";
    window.awaitVisible(preview);
    String place = window.script("return location.href;");
    assertThat(window.script(
            "return document.querySelector(arguments[0]).getAttribute('aria-label');", preview))
        .isEqualTo("Open the picture sales.png");
    window.script("document.querySelector(arguments[0]).focus(); return '';", preview);
    window.press(Keys.ENTER);

    window.awaitVisible("dialog.picture[open] canvas");
    assertThat(window.script("const picture = document.querySelector('dialog.picture canvas');"
            + " return picture.getAttribute('role') + ' ' + picture.getAttribute('aria-label');"))
        .isEqualTo("img sales.png");
    assertThat(window.script("return document.activeElement.className;"))
        .as("the focus is inside")
        .contains("picture__close");
    assertThat(Look.problems(window, shape)).isEmpty();

    window.press(Keys.ESCAPE);
    window.awaitHidden("dialog.picture");
    assertThat(focusIsOn(window, preview)).isEqualTo("true");
    window.press(Keys.ENTER);
    window.awaitVisible("dialog.picture[open]");
    window.press(Keys.ENTER);
    window.awaitHidden("dialog.picture");
    assertThat(focusIsOn(window, preview)).isEqualTo("true");
    assertThat(window.script("return location.href;")).isEqualTo(place);
  }

  private static String focusIsOn(BrowserWindow window, String css) {
    return window.script("return String(document.activeElement.matches(arguments[0]));", css);
  }

  private static void awaitDrawn(BrowserWindow window, String css) {
    window.await("the picture " + css, () -> window.script(DRAWN, css).equals("true"));
  }
}
