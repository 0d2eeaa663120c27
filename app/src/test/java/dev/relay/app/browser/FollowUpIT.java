package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An agent asks before they close, writes first, and plans a message for later. */
class FollowUpIT extends BrowserTest {

  @Test
  void a_case_is_followed_after_its_chat_is_over() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce("Marta");
    chat.say("My lantern is dark");
    chat.talkToAPerson();
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.openFirst();
    desk.accept();

    desk.window().click("#propose");
    chat.awaitMessage("system", "Ada Lovelace asks: is your case");
    desk.window().await("the question is asked once", () -> isDisabled(desk.window(), "#propose"));
    chat.window().click("[data-action=it_is_solved]");
    chat.awaitMessage("system", "is closed as solved");
    desk.window().awaitText("#conversation-state", "Closed");

    desk.window().go(relay().address() + "/desk#/cases/1001");
    desk.window().awaitText("#case-detail", "Write to the customer");
    desk.window().type("#case-detail-follow-up", "Does it shine tonight?");
    assertThat(plannedInDays(desk, -2))
        .as("a time in the past is refused at once")
        .isEqualTo("false");
    assertThat(plannedInDays(desk, 2)).isEqualTo("true");
    desk.window().click("#case-detail-follow-up-send");
    desk.window().awaitText("#case-detail", "Will be sent");
    DeskPage colleague = agent(WindowShape.AGENT, "bob", "Bob Ross");
    colleague.window().go(relay().address() + "/desk#/cases/1001");
    colleague.window().awaitText("#case-detail", "Will be sent");
    colleague.window().click("#case-detail .notes .button");
    colleague.window().await("the plan is gone", () -> !isPlanned(colleague));
    colleague.window().paste("#case-detail-note", "I will call her");
    colleague.window().click("#case-detail form:has(#case-detail-note) [type=submit]");
    desk.window().await("the plan is gone here too", () -> !isPlanned(desk));

    desk.window().type("#case-detail-follow-up", "It shines again, does it not?");
    desk.window().click("#case-detail-follow-up-send");
    desk.window().awaitText("#conversation-state", "With you");
    chat.awaitMessage("system", "Ada Lovelace from our team is writing to you about case");
    chat.awaitMessage("agent", "It shines again, does it not?");
    assertThat(chat.count("agent", "Does it shine tonight?")).isZero();

    BrowserWindow list = colleague.window();
    desk.window().choose("#conversation-case-status", "PENDING");
    list.go(relay().address() + "/desk#/cases");
    list.awaitText("#case-list", "Waiting for the customer");
    chat.say("It does, thank you");
    desk.awaitMessage("customer", "It does, thank you");
    list.await(
        "the list follows the customer's message",
        () -> !list.text("#case-list").contains("Waiting for the customer"));
    list.awaitText("#case-list", "#1001");
  }

  /** Plans the message at the case for that many days from now; returns whether the page accepts the time. */
  private static String plannedInDays(DeskPage desk, int days) {
    return desk.window()
        .script(
            "const when = document.querySelector('#case-detail-send-at');"
                + "when.value = new Date(Date.now() + arguments[0] * 864e5).toISOString().slice(0, 16);"
                + "when.dispatchEvent(new Event('input', { bubbles: true }));"
                + "return String(when.checkValidity());",
            days);
  }

  private static boolean isPlanned(DeskPage desk) {
    return desk.window().text("#case-detail").contains("Will be sent");
  }

  private static boolean isDisabled(BrowserWindow window, String css) {
    return window
        .script("return String(document.querySelector(arguments[0]).disabled);", css)
        .equals("true");
  }
}
