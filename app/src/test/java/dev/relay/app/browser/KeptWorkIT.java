package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What a customer or a live agent has written survives a browser that stores nothing, and a session that ends. */
class KeptWorkIT extends BrowserTest {

  @Test
  void
      a_customer_is_served_where_the_browser_forbids_storage_and_after_an_answer_that_did_not_help()
          throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    BrowserWindow window = chat.window();
    window.forbidStorage();
    window.reload();
    chat.say("I cannot log in");

    window.awaitVisible("#messages [data-action=did_not_help]");
    window.click("#messages [data-action=did_not_help]");
    chat.awaitMessage("system", "Sorry about that");
    window.await("the answer is judged once", () -> count(window, "did_not_help") == 0);
    assertThat(window.script("return document.activeElement.id;")).isEqualTo("text");

    window.click("#messages [data-action=talk_to_person]");
    chat.awaitStatus("Waiting for a person");
  }

  @Test
  void a_live_agent_whose_session_ends_signs_in_again_and_loses_nothing() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce("Mara");
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.openFirst();
    desk.accept();
    window.expect(" 401 ");

    window.paste("#conversation-case-note", "Seen twice");
    // Saving the note would find that the session has ended before the message does.
    window.await(
        "the note is on the server",
        () -> window
            .script("const request = new XMLHttpRequest();"
                + "request.open('GET', '/api/v1/agents/me/drafts/cases/1001', false);"
                + "request.send();"
                + "return request.responseText;")
            .contains("Seen twice"));
    window.loseCookies();
    // In one script: a slow machine could save the half-typed message, and sign the agent out,
    // before it is sent.
    window.script(
        "const text = document.querySelector('#text'); text.value = arguments[0];"
            + "text.dispatchEvent(new Event('input', { bubbles: true }));"
            + "document.querySelector('#send').click();",
        "Which version do you have?");
    window.awaitVisible("#login");
    window.awaitText("#login-error", "Your session has expired");
    assertThat(window.script("return document.querySelector('#username').value;"))
        .isEqualTo("admin");
    window.type("#password", PASSWORD, Keys.ENTER);
    window.awaitHidden("#login");

    chat.awaitMessage("agent", "Which version do you have?");
    assertThat(window.script("return document.querySelector('#conversation-case-note').value;"))
        .isEqualTo("Seen twice");
    window.paste("#text", "Half a thou");
    window.reload();
    window.awaitVisible("#text");
    window.await(
        "the draft is kept",
        () -> window.script("return document.querySelector('#text').value;").equals("Half a thou"));
    assertThat(chat.count("agent", "Which version do you have?")).isEqualTo(1);
  }

  /** Lets the moment in which an answer can be taken back last for the whole test. */
  private static final String LONG_MOMENT = """
      const real = window.setTimeout;
      window.setTimeout = (call, time, ...more) =>
        real(call, time > 3000 && time <= 5000 ? 600000 : time, ...more);
      return '';""";

  @Test
  void an_answer_is_taken_back_and_what_was_not_taken_back_is_sent_when_the_page_is_closed()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    window.script("location.hash = '#/settings'; return '';");
    window.click("#setting-undo");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    window.script("location.hash = '#/conversations/waiting'; return '';");
    desk.openFirst();
    desk.accept();
    window.script(LONG_MOMENT);

    desk.say("Which virsion?");
    window.awaitText("#messages .delivery__words", "Sending in a moment");
    window.click("#messages .message__choices .button");
    window.await("the text is back", () -> textOf(window).equals("Which virsion?"));
    window.paste("#text", "");
    desk.say("Which version?");
    window.pressWithControl("z");
    window.await("the text is back again", () -> textOf(window).equals("Which version?"));
    window.press(Keys.ENTER);
    window.awaitText("#messages .delivery__words", "Sending in a moment");
    assertThat(chat.window().text("#messages")).doesNotContain("Which v");

    window.go("about:blank");

    chat.awaitMessage("agent", "Which version?");
    window.go(relay().address() + "/desk#/conversations/mine");
    desk.openFirst();
    desk.awaitMessage("agent", "Which version?");

    window.script(LONG_MOMENT);
    desk.say("Then update it, please.");
    window.awaitText("#messages .delivery__words", "Sending in a moment");
    desk.endSolved();
    chat.awaitMessage("agent", "Then update it, please.");
    assertThat(chat.count("agent", "Which version?")).isEqualTo(1);
    assertThat(chat.count("agent", "Which virsion?")).isZero();
  }

  private static String textOf(BrowserWindow window) {
    return window.script("return document.querySelector('#text').value;");
  }

  @Test
  void seven_tabs_of_one_browser_leave_each_other_connections() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    BrowserWindow window = chat.window();
    chat.say("I cannot log in");
    window.awaitVisible("#messages [data-action=did_not_help]");
    for (int tab = 2; tab <= 7; tab++) {
      window.openTab(relay().address() + "/chat");
      window.awaitVisible("#messages [data-action=did_not_help]");
    }

    chat.say("Who can read this?");

    window.await(
        "the message is delivered", () -> chat.count("customer", "Who can read this?") == 1);
    chat.awaitDelivered();
  }

  private static int count(BrowserWindow window, String action) {
    return Integer.parseInt(window.script(
        "return String(document.querySelectorAll(`#messages [data-action=${arguments[0]}]`).length);",
        action));
  }

  @Test
  void an_offline_customer_sees_that_and_the_message_is_sent_once_online_again()
      throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.window().expect(RestartIT.LOST);
    chat.window().setOffline(true);
    chat.window().awaitText("#connection", "You are offline");
    chat.window().type("#text", "written in a tunnel", Keys.ENTER);
    chat.window().awaitText("#messages", "written in a tunnel");
    chat.window().setOffline(false);
    chat.awaitDelivered();
    chat.window().awaitHidden("#connection");
    assertThat(chat.count("customer", "written in a tunnel")).isOne();
  }
}
