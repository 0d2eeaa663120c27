package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Answers of the server that were on their way when the event stream reported something newer. */
class LateAnswersIT extends BrowserTest {
  private static final String ROWS = "#conversations .conversation-row";

  /** Keeps every state that the head of the open conversation shows. */
  private static final String KEEP_STATES = """
      window.states = [];
      new MutationObserver(() => window.states.push(document.querySelector('#conversation-state')?.textContent))
          .observe(document.querySelector('#conversation-facts'), { subtree: true, childList: true, characterData: true });
      return '';""";

  /** Keeps this tab from watching other conversations; what it has asked for so far goes on. */
  private static final String HOLD_ATTACHING = """
      window.held = [];
      const send = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (message, ...rest) {
        if (message.type === 'attach') {
          held.push(() => send.call(this, message, ...rest));
        } else if (message.type !== 'detach') {
          send.call(this, message, ...rest);
        }
      };
      return '';""";

  @Test
  void change_nothing_that_is_newer() throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    anotherCustomerWaits("Ben", "It does not start");
    DeskPage adas = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow ada = adas.window();
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ada.awaitText(ROWS, "Ben");

    ada.holdAnswers("/conversations$");
    adas.show("open");
    ada.awaitHeldAnswer();
    bob.openFirst();
    bob.accept();
    ada.awaitText(ROWS, "With Bob Ross");
    ada.releaseAnswers();
    ada.awaitHidden("#list-rest .loading");
    assertThat(ada.allTexts(ROWS)).contains("With Bob Ross");

    adas.show("waiting");
    adas.openFirst();
    ada.holdAnswers("/conversations/2$");
    ada.choose("#conversation-case-priority", "HIGH");
    ada.awaitHeldAnswer();
    adas.accept();
    ada.script(KEEP_STATES);
    int reads = reads(ada);
    ada.releaseAnswers();
    ada.await("the conversation is read once more", () -> reads(ada) > reads);
    assertThat(ada.script("return window.states.join();"))
        .as("the form in which Ada may be writing stays")
        .doesNotContain("Waiting");
  }

  @Test
  void leave_an_agent_where_they_are() throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    DeskPage adas = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow ada = adas.window();
    adas.openFirst();
    ada.holdAnswers("/accept$");
    adas.accept();

    ada.click("#nav-settings");
    ada.awaitVisible("#sign-out");
    ada.releaseAnswers();

    ada.await(
        "the answer is there",
        () -> ada.script("return String(document.querySelector('#accept').disabled);")
            .equals("false"));
    assertThat(ada.script("return location.hash;")).isEqualTo("#/settings");
  }

  @Test
  void a_conversation_is_read_once_when_it_is_opened_and_when_the_page_is_loaded()
      throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    Visitor ben = new Visitor(relay().address(), "Ben");
    ben.ask("It does not start");
    DeskPage adas = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow ada = adas.window();
    ada.awaitText(ROWS, "Ben");

    ada.script("location.hash = '#/conversations/waiting/2'; return '';");
    ada.awaitText("#messages", "It does not start");
    ada.await("nothing is read any longer", () -> isQuiet(ada));
    assertThat(reads(ada)).isEqualTo(1);

    ada.reload();
    ada.awaitText("#messages", "It does not start");
    ada.await("nothing is read any longer", () -> isQuiet(ada));
    assertThat(reads(ada)).isEqualTo(1);
    ben.say("Not even once");
    ada.awaitText("#messages", "Not even once");
  }

  @Test
  void a_message_between_the_read_of_one_tab_and_its_stream_is_shown_though_another_tab_has_it()
      throws IOException {
    Visitor ben = new Visitor(relay().address(), "Ben");
    ben.ask("It does not start");
    DeskPage adas = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow ada = adas.window();
    adas.openFirst();
    ada.awaitText("#messages", "It does not start");

    ada.openTab(relay().address() + "/desk");
    ada.awaitText(ROWS, "Ben");
    ada.script(HOLD_ATTACHING);
    ada.script("location.hash = '#/conversations/waiting/1'; return '';");
    ada.awaitText("#messages", "It does not start");
    ada.await(
        "the tab wants to watch",
        () -> ada.script("return String(held.length);").equals("1"));
    ben.say("Not even once");
    ada.backToFirstTab();
    ada.awaitText("#messages", "Not even once");
    ada.toLastTab();
    ada.script("held.forEach((send) => send()); return '';");

    ada.awaitText("#messages", "Not even once");
  }

  private static boolean isQuiet(BrowserWindow window) {
    return window
        .script(
            "return String(performance.now() - Math.max(...performance.getEntriesByType('resource')"
                + ".map((one) => one.responseEnd)) > 700);")
        .equals("true");
  }

  /** Returns how often the second conversation was read. */
  private static int reads(BrowserWindow window) {
    return Integer.parseInt(window.script("return String(performance.getEntriesByType('resource')"
        + ".filter((one) => new URL(one.name).pathname === '/api/v1/conversations/2').length);"));
  }
}
