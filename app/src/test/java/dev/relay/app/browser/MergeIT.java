package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An agent merges duplicates and blocks a customer; a colleague sees all of it without reloading. */
class MergeIT extends BrowserTest {
  private static final String CHAT = "1001";
  private static final String SECOND = "1002";

  @Test
  void a_case_is_merged_into_another_one_and_a_colleague_follows() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    anotherCustomerWaits("Ana", "I want to talk to a person please");
    ada.openFirst();
    openCase(ada, "The same lantern again");
    showCase(ada, CHAT);
    showCase(bob, CHAT);

    ada.window().click("#case-detail-merge");
    ada.window().paste("#merge-into", "#" + SECOND);
    ada.window().paste("#merge-reason", "the same lantern");
    ada.window().click("#merge-case [type=submit]");
    ada.window().awaitText("#merge-case-preview", "The same lantern again");
    ada.window().awaitText("#merge-case-preview", "This cannot be undone.");
    assertThat(bob.window().isVisible("[data-part=merged]"))
        .as("only shown so far")
        .isFalse();
    ada.window().click("#merge-case [type=submit]");

    bob.window().awaitText("[data-part=merged]", "Merged into case #1002");
    bob.window().awaitText("[data-part=merged]", "Ada Lovelace: the same lantern");
    bob.window().awaitText("#case-detail .timeline", "Merged into: #1002");
    for (String field : new String[] {"subject", "status", "priority", "kind", "tags"}) {
      assertThat(isDisabled(bob, field)).as(field).isTrue();
    }
    assertThat(bob.window().isVisible("#case-detail-note")).isFalse();
    ada.window().awaitText("#case-detail .timeline", "Merged into this case: #1001");

    bob.window().click("[data-part=merged] .link");
    bob.window().awaitText("#case-detail .case-head__number", "Case #1002");
    bob.window().awaitText("#case-detail .notes", "the same lantern");
    assertThat(isDisabled(bob, "subject")).isFalse();
  }

  @Test
  void customers_are_merged_and_separated_and_a_colleague_follows() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    anotherCustomerWaits("Ana", "I want to talk to a person please");
    anotherCustomerWaits("Ana Ruiz", "I want to talk to a person please");
    showCase(ada, CHAT);
    showCase(bob, SECOND);
    block(ada, "spam");

    ada.window().paste("#same-as", SECOND);
    ada.window().paste("#same-reason", "the same address");
    ada.window().click("#merge-customer [type=submit]");
    ada.window().awaitText("#merge-customer-preview", "Ana · Web chat · Blocked permanently: spam");
    ada.window().awaitText("#merge-customer-preview", "Ana Ruiz · Web chat · Not blocked");
    ada.window().awaitText("#merge-customer-preview", "the block holds for both");
    picture(ada.window(), "desk-merge");
    assertThat(bob.window().isVisible("[data-part=block]"))
        .as("only shown so far")
        .isFalse();
    ada.window().click("#merge-customer [type=submit]");

    ada.window().awaitText("#same-customers", "the same address");
    bob.window().awaitText("#case-detail [data-part=customer] .links", "#1001");
    bob.window().awaitText("#case-detail [data-part=block]", "permanently: spam");

    bob.window().click("#case-detail-merge");
    bob.window().awaitText("#same-customers", "Ada Lovelace: the same address");
    bob.window().click("#same-customers button");
    bob.window().awaitHidden("#same-customers");
    ada.window().click("#merge-close");
    ada.window()
        .await(
            "no case of another customer",
            () -> !ada.window().isVisible("#case-detail [data-part=customer] .links"));
  }

  @Test
  void a_customer_is_blocked_and_unblocked_beside_the_conversation() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.window().expect("403");
    chat.say("I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    ada.openFirst();
    bob.openFirst();

    ada.window().click("#customer-merge");
    ada.window().awaitVisible("#merge");
    block(ada, "insults");

    bob.window().awaitText("#conversation-customer", "permanently: insults");
    chat.say("Hello?");
    chat.window().awaitText("#messages", "you cannot write to us at the moment");

    ada.window().click("#unblock");
    ada.window().awaitText("#block-state", "Not blocked");
    ada.window().awaitFocus("#block-reason");
    bob.window()
        .await(
            "the end of the block",
            () -> !bob.window().text("#conversation-customer").contains("insults"));
    ada.window().click("#merge-close");
    chat.say("Hello again");
    bob.awaitMessage("customer", "Hello again");

    // The message that was refused still lies below the question; it has not answered it.
    ada.accept();
    ada.window().click("#propose");
    chat.window().awaitText("#messages .message__choices", "It is solved");
  }

  /** Blocks the customer of the open dialog, or of the case whose page is open. */
  private static void block(DeskPage desk, String reason) {
    if (!desk.window().isVisible("#merge")) {
      desk.window().click("#case-detail-merge");
    }
    desk.window().awaitText("#block-state", "Not blocked");
    desk.window().paste("#block-reason", reason);
    desk.window().click("#block [type=submit]");
    desk.window().awaitText("#block-question", "Their messages are refused from now on");
    desk.window().click("#block-confirm");
    desk.window().awaitText("#block-state", "Blocked permanently: " + reason);
    desk.window().awaitFocus("#unblock");
  }

  private static void openCase(DeskPage desk, String subject) {
    desk.window().click("#add-case");
    desk.window().paste("#new-case-form [name=subject]", subject);
    desk.window().click("#new-case-form [type=submit]");
    desk.window().awaitText("#case-detail .case-head__number", "Case #" + SECOND);
  }

  private void showCase(DeskPage desk, String number) {
    desk.window().go(relay().address() + "/desk#/cases/" + number);
    desk.window().awaitText("#case-detail .case-head__number", "Case #" + number);
  }

  private static boolean isDisabled(DeskPage desk, String field) {
    return desk.window()
        .script(
            "return String(document.querySelector(arguments[0]).disabled);",
            "#case-detail-" + field)
        .equals("true");
  }
}
