package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How events reach the pages: one connection for all tabs of a browser, and polls if a proxy holds the stream back. */
class StreamIT extends BrowserTest {
  private static final int TABS = 40;

  @Test
  @Tag("soak")
  void forty_tabs_share_one_stream() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    BrowserWindow window = chat.window();
    chat.say("I cannot log in");
    window.awaitVisible("#messages [data-action=did_not_help]");
    for (int tab = 2; tab <= TABS; tab++) {
      window.openTab(relay().address() + "/chat");
      window.awaitVisible("#messages [data-action=did_not_help]");
    }

    chat.say("Who can read this?");

    chat.awaitDelivered();
    assertThat(
            window.script(
                "return String(performance.getEntriesByType('resource').filter((one) => one.name.includes('/events')).length);"))
        .isEqualTo("0");
    window.backToFirstTab();
    window.awaitText("#messages", "Who can read this?");
  }

  @Test
  @Tag("soak")
  void without_shared_workers_the_tabs_elect_one_that_holds_the_stream() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    BrowserWindow window = chat.window();
    window.forbidSharedWorkers();
    window.reload();
    chat.say("I cannot log in");
    window.awaitVisible("#messages [data-action=did_not_help]");
    window.openTab(relay().address() + "/chat");
    window.awaitVisible("#messages [data-action=did_not_help]");

    chat.say("Who can read this?");

    chat.awaitDelivered();
    window.backToFirstTab();
    window.awaitText("#messages", "Who can read this?");
  }

  @Test
  void polls_take_over_behind_a_proxy_that_holds_the_stream_back() throws IOException {
    try (BufferingProxy proxy = new BufferingProxy(relay().address())) {
      BrowserWindow window = open(WindowShape.CUSTOMER);
      window.expect("the connection to the proxy ends with the test|Failed to load resource");
      ChatPage chat = new ChatPage(window, proxy.address());
      chat.say("How do I log in?");

      window.awaitVisible("#messages [data-action=did_not_help]");
      assertThat(window.isVisible("#connection")).isFalse();
      window.click("#messages [data-action=talk_to_person]");
      chat.awaitStatus("Waiting for a person");
      window.go("about:blank");
    }
  }

  @Test
  @Tag("soak")
  void polls_take_over_at_the_desk_too() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    relay().addAgent("ada", "Ada Lovelace", PASSWORD);
    try (BufferingProxy proxy = new BufferingProxy(relay().address())) {
      BrowserWindow window = open(WindowShape.AGENT);
      window.expect("the connection to the proxy ends with the test|Failed to load resource");
      DeskPage desk = DeskPage.logIn(window, proxy.address(), "ada", PASSWORD);
      desk.openFirst();
      desk.accept();
      desk.say("Which game is it?");
      chat.awaitMessage("agent", "Which game is it?");

      chat.say("It is the second one");

      desk.awaitMessage("customer", "It is the second one");
      assertThat(window.isVisible("#connection")).isFalse();
      anotherCustomerWaits("Mara Lindqvist", "I cannot log in");
      window.awaitText("#tab-waiting", "1");
      window.go("about:blank");
    }
  }
}
