package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** An agent's work besides conversations: cases, the queue, articles, the agent's account. */
class DeskWorkIT extends BrowserTest {
  private static final String CHANGE = """
      for (let at = 0; at < arguments.length; at += 2) {
        const select = document.querySelector('#conversation-case-' + arguments[at]);
        select.value = arguments[at + 1];
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }""";

  @Test
  void a_case_is_maintained_and_its_customer_returns_to_the_queue() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce("Mara");
    chat.say("The arena crashes");
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();

    window.choose("#conversation-case-priority", "HIGH");
    window.awaitText("#toasts", "Saved");
    window.choose("#conversation-case-kind", "BUG");
    window.await(
        "the kind is kept", () -> value(window, "#conversation-case-kind").equals("BUG"));
    window.await("the kind is saved", () -> changes(window).contains("Bug"));
    window.awaitText("#conversations", "High");
    window.type("#conversation-case-tags", "arena, crash", Keys.TAB);
    window.await("the tags are kept", () -> changes(window).contains("arena"));
    // Changes that are made faster than the server answers are saved one after the other.
    window.script(
        CHANGE, "priority", "URGENT", "kind", "SUPPORT", "priority", "HIGH", "kind", "BUG");
    window.await(
        "every change is saved", () -> changes(window).split("Support → Bug", -1).length == 3);
    assertThat(changes(window)).contains("High → Urgent", "Urgent → High", "Bug → Support");
    assertThat(value(window, "#conversation-case-kind")).isEqualTo("BUG");
    window.paste("#conversation-case-note", "Seen twice this week");
    window.click("#conversation-case form [type=submit]");
    window.awaitText("#conversation-case .note", "Seen twice this week");
    window.click("#conversation-case summary");
    window.awaitText("#conversation-case .changes", "Bug");

    window.click("#insert-article");
    window.paste("#article-query", "log in");
    window.awaitVisible("#article-results .article .button");
    picture(window, "desk-articles");
    window.click("#article-results .article .button");
    window.awaitVisible("#chosen-articles .upload");
    window.click("#send");
    window.awaitVisible("#messages .article");
    chat.window().awaitVisible("#messages .article");

    window.click("#leave");
    chat.awaitStatus("Waiting for a person");
    chat.awaitMessage("system", "Ada Lovelace");
    window.awaitText("#conversation-state", "Waiting");
    window.click("#nav-cases");
    window.paste("#case-query", "arena");
    window.awaitText("#case-rows", "Bug");
    window.click("#case-rows .conversation-row");
    window.awaitText("#case-detail .changes", "arena");
    picture(window, "desk-case");
    window.click("#case-detail [data-part=customer] a");
    window.awaitText("#messages", "arena");
  }

  @Test
  void a_returning_customer_is_recognised() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce("Mara");
    chat.say("My first question, to a person please");
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();
    desk.endSolved();
    chat.awaitStatus("This conversation has ended");
    chat.say("It is me again, I want to talk to a person");
    chat.awaitStatus("Waiting for a person");
    desk.show("waiting");
    desk.openFirst();
    desk.window().awaitText("#conversation-customer .links", "Closed");
    desk.window().awaitText("#messages", "It is me again");
    chat.window().click("#menu-button");
    chat.window().click("#end");
    chat.window().click("#question-yes");
    chat.awaitStatus("This conversation has ended");
    desk.window().awaitText("#conversation-state", "Closed");
  }

  @Test
  void an_agent_manages_their_own_account() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    window.expect("40[13]");
    window.click("#nav-settings");
    window.paste("#token-label", "Our website");
    window.click("#token-form [type=submit]");
    window.awaitVisible("#new-token");
    window.awaitText("#tokens", "Our website");
    picture(window, "desk-settings");
    window.click("#tokens .button");
    window.awaitText("#tokens", "You have no tokens.");
    window.paste("#password-current", PASSWORD);
    window.paste("#password-new", "another good one");
    window.paste("#password-repeat", "another good two");
    window.click("#password-form [type=submit]");
    window.awaitText("#password-error", "The new passwords do not match.");
    window.paste("#password-repeat", "another good one");
    window.click("#password-form [type=submit]");
    window.awaitText("#toasts", "Your password has been changed.");
    window.click("#sign-out");
    window.awaitVisible("#login-form");
    picture(window, "desk-login");
    window.paste("#username", "admin");
    window.type("#password", PASSWORD, Keys.ENTER);
    window.awaitText("#login-error", "The user name or the password is wrong.");
    window.type("#password", "another good one", Keys.ENTER);
    window.awaitVisible("#desk");
  }

  private static String changes(BrowserWindow window) {
    return window.script(
        "return document.querySelector('#conversation-case .changes')?.textContent ?? '';");
  }

  private static String value(BrowserWindow window, String css) {
    return window.script("return document.querySelector(arguments[0])?.value ?? '';", css);
  }
}
