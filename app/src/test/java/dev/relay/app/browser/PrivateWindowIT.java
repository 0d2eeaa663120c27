package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The chat on a site of another domain, in a private window that lets no page store anything. The site is at {@code localhost} and Relay at
 * {@code 127.0.0.1}, which are different sites for a browser.
 */
class PrivateWindowIT extends BrowserTest {
  private static final String IN_LAUNCHER =
      "return document.querySelector('body > div')?.shadowRoot.querySelector('%s') ?? null;";

  private static final String STORE = "try { localStorage.setItem('a', 'b'); return 'stored'; }"
      + " catch (failure) { return failure.name; }";

  private final Site site = Site.open();
  private final String address = site.address().replace("127.0.0.1", "localhost");

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_HTTP_EMBED_ORIGINS", address, "RELAY_CHAT_IDENTITY_KEY", Site.KEY);
  }

  @BeforeEach
  void embed() {
    site.embed(relay().address());
  }

  @AfterEach
  void stopSite() {
    site.close();
  }

  @Test
  void a_guest_gets_an_answer_and_a_person() throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow window = openPrivately(WindowShape.CUSTOMER);
    window.go(address);
    openChat(window);
    assertThat(window.script(STORE)).isEqualTo("SecurityError");
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
    window.click("#messages [data-action=talk_to_person]");
    window.awaitText("#status", "Waiting for a person");

    desk.openFirst();
    desk.accept();
    desk.say("Which game is it?");

    window.awaitText("#messages", "Which game is it?");
    window.awaitText("#status", "Ada Lovelace");
  }

  @Test
  @Tag("soak")
  void a_customer_of_the_site_has_the_same_conversation_in_a_private_window() throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.go(address + "/as/ana");
    openChat(window);
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");

    BrowserWindow hidden = openPrivately(WindowShape.CUSTOMER);
    hidden.go(address + "/as/ana");
    openChat(hidden);
    assertThat(hidden.script(STORE)).isEqualTo("SecurityError");

    hidden.awaitText("#messages", "I cannot log in");
    assertThat(hidden.isVisible("#connection")).isFalse();
  }

  private static void openChat(BrowserWindow window) {
    window.await("the script", () -> window.script("return typeof Relay;").equals("object"));
    window.script("Relay.open(); return '';");
    String frame = IN_LAUNCHER.formatted("iframe:not([hidden])");
    window.await("the chat is shown", () -> !window.script(frame).equals("null"));
    window.enterFrame(frame);
    window.awaitVisible("#close-window");
  }
}
