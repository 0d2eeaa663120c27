package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The server ends and returns; nobody reloads a page. */
@Order(2)
class RestartIT extends BrowserTest {
  /** What the console of a page says of a server or a network that is gone. */
  static final String LOST = "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET"
      + "|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|ERR_SOCKET_NOT_CONNECTED|ERR_SOCKS_CONNECTION_FAILED";

  private static final String IN_LAUNCHER =
      "return document.querySelector('body > div')?.shadowRoot.querySelector(arguments[0]) ?? null;";

  private final Site site = Site.open();
  private Optional<RelayProcess> process = Optional.empty();

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_HTTP_EMBED_ORIGINS", site.address());
  }

  @AfterEach
  void stopSite() {
    site.close();
  }

  @Override
  RelayProcess startServer(Path data, Map<String, String> settings) {
    RelayProcess started = RelayProcess.start(data, settings);
    process = Optional.of(started);
    return started;
  }

  /** Returns the server, which can be killed because it is a process of its own. */
  private RelayProcess process() {
    return process.orElseThrow();
  }

  /** The two pages of a customer and an agent. */
  private record Talk(DeskPage desk, ChatPage chat) {}

  /** Starts a conversation of a customer and an agent whose pages may lose the server. */
  private Talk talk() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    desk.window().expect(LOST);
    chat.window().expect(LOST);
    chat.say("May I talk to a person?");
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();
    chat.awaitStatus("You are talking with Ada Lovelace");
    return new Talk(desk, chat);
  }

  @Test
  void messages_written_while_the_server_is_gone_arrive_once_and_in_order() throws IOException {
    Talk talk = talk();
    DeskPage desk = talk.desk();
    ChatPage chat = talk.chat();

    process().kill();
    chat.window().awaitText("#connection", "Connection lost");
    desk.window().awaitVisible("#connection");
    chat.say("first, while you are gone");
    chat.say("second, while you are gone");
    desk.say("an answer, while we are gone");
    chat.window().awaitText("#messages", "Not sent yet, retrying…");
    picture(chat.window(), "chat-lost");
    process().startAgain();

    chat.window().awaitHidden("#connection");
    desk.window().awaitHidden("#connection");
    chat.awaitMessage("agent", "an answer, while we are gone");
    desk.awaitMessage("customer", "second, while you are gone");
    chat.awaitDelivered();
    assertThat(chat.count("customer", "first, while you are gone")).isOne();
    assertThat(chat.count("customer", "second, while you are gone")).isOne();
    assertThat(chat.count("agent", "an answer, while we are gone")).isOne();
    String transcript = desk.window().allTexts("#messages [data-author=customer]");
    assertThat(transcript.indexOf("first,")).isBetween(0, transcript.indexOf("second,"));
  }

  @Test
  @Tag("soak")
  void messages_that_arrive_while_the_desk_reloads_the_conversation_remain() throws IOException {
    Talk talk = talk();
    DeskPage desk = talk.desk();
    ChatPage chat = talk.chat();
    desk.window().holdAnswers("/conversations/[0-9]+$");
    process().kill();
    desk.window().awaitVisible("#connection");
    process().startAgain();
    desk.window().awaitHeldAnswer();

    chat.say("while you are reading");
    desk.awaitMessage("customer", "while you are reading");
    desk.window().releaseAnswers();
    chat.say("and after that");
    desk.awaitMessage("customer", "and after that");

    assertThat(desk.window().allTexts("#messages [data-author=customer]"))
        .containsSubsequence("May I talk", "while you are reading", "and after that");
  }

  @Test
  @Tag("soak")
  void the_chat_on_a_site_says_that_it_cannot_be_opened_and_opens_once_the_server_is_back()
      throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.expect(LOST);
    site.embed(relay().address());
    window.go(site.address());
    window.await("the button", () -> !window.script(IN_LAUNCHER, "button").equals("null"));
    process().kill();

    window.script("Relay.open(); return '';");
    window.await("the reason", () -> lost(window).contains("The chat cannot be opened right now."));
    window.press(Keys.ESCAPE);
    window.await("it is closed", () -> lost(window).isEmpty());
    window.script("Relay.open(); return '';");
    window.await("the reason again", () -> lost(window).contains("Try again"));
    process().startAgain();
    // The focus is on the button.
    window.press(Keys.ENTER);
    enterChat(window);
    window.type("#text", "May I talk to a person?", Keys.ENTER);
    window.awaitText("#status", "Waiting for a person");

    process().kill();
    window.awaitText("#connection", "Connection lost");
    window.type("#text", "kept for later", Keys.ENTER);
    window.type("#text", Keys.ESCAPE);
    window.leaveFrame();
    window.await(
        "it is closed", () -> window.script(IN_LAUNCHER, "iframe:not([hidden])").equals("null"));
    window.script("Relay.open(); return '';");
    process().startAgain();
    enterChat(window);
    window.awaitHidden("#connection");
    window.await(
        "everything is delivered",
        () -> window.allTexts("#messages .delivery__words").matches("(Delivered\\n?)+"));
    assertThat(window.allTexts("#messages [data-author=customer]"))
        .containsOnlyOnce("kept for later");
  }

  private static void enterChat(BrowserWindow window) {
    window.await(
        "the chat is shown",
        () -> !window.script(IN_LAUNCHER, "iframe:not([hidden])").equals("null"));
    window.enterFrame(IN_LAUNCHER.replace("arguments[0]", "'iframe'"));
    window.awaitVisible("#close-window");
  }

  private static String lost(BrowserWindow window) {
    return window.script(
        "return document.querySelector('body > div')?.shadowRoot.querySelector('.lost')?.textContent ?? '';");
  }

  @Test
  @Tag("soak")
  void an_unsent_message_survives_leaving_the_page() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.window().expect(LOST);
    chat.say("hello");
    chat.awaitDelivered();
    process().kill();
    chat.window().awaitVisible("#connection");
    chat.say("kept for later");
    chat.window().awaitText("#messages", "kept for later");
    chat.window().go("about:blank");
    process().startAgain();

    ChatPage again = new ChatPage(chat.window(), relay().address());
    again.awaitMessage("customer", "kept for later");
    again.awaitDelivered();
    again.window().reload();
    again.awaitMessage("customer", "kept for later");
    assertThat(again.count("customer", "kept for later")).isOne();
  }
}
