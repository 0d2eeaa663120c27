package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Two agents work on one conversation: one passes it on, takes it over, joins, and writes to the other alone. */
class TeamworkIT extends BrowserTest {

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_QUEUES", "{billing: {desk: relay}}");
  }

  @Test
  void a_conversation_is_passed_to_a_colleague_and_taken_over_and_what_was_begun_is_kept()
      throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = supervisor(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = waitingCustomer();
    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.openFirst();
    }
    ada.accept();
    bob.window().awaitText("#conversation-state", "With Ada Lovelace");
    ada.window().paste("#text", "Half an answer");

    ada.window().click("#pass-on-open");
    ada.window().choose("#pass-on-target", "agent:bob");
    ada.window().paste("#pass-on-note", "She has the receipt");
    ada.window().click("#pass-on-confirm");

    bob.window().awaitText("#conversation-state", "With you");
    bob.awaitInternal("She has the receipt");
    chat.awaitStatus("You are talking with Bob Ross");
    ada.window().awaitText("#conversation-state", "With Bob Ross");
    ada.window().awaitText("#conversation-info", "kept as a draft");
    assertThat(ada.window().isVisible("#composer")).isFalse();

    ada.window().click("#accept");
    ada.window().awaitText("#question", "Bob Ross has it now");
    ada.window().click("#question-yes");
    ada.window().awaitText("#conversation-state", "With you");
    bob.window().awaitText("#conversation-state", "With Ada Lovelace");
    assertThat(ada.window().script("return document.querySelector('#text').value;"))
        .isEqualTo("Half an answer");
    assertThat(chat.window().text("#messages")).doesNotContain("She has the receipt");

    ada.window().click("#pass-on-open");
    ada.window().choose("#pass-on-target", "queue:billing");
    ada.window().click("#pass-on-confirm");
    bob.window().awaitText("#conversation-state", "Waiting");
    ada.window().awaitText("#conversation-state", "Waiting");
  }

  @Test
  void a_colleague_joins_and_whispers_and_the_customer_never_reads_it() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = waitingCustomer();
    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.openFirst();
    }
    ada.accept();
    bob.window().awaitVisible("#join");
    assertThat(bob.window().isVisible("#internal-text")).isFalse();

    bob.window().click("#join");
    ada.window().awaitText("#conversation-colleagues", "Bob Ross");
    bob.window().awaitText("#conversation-info", "only colleagues read what you write");
    bob.whisper("Offer her the secret refund");
    ada.awaitInternal("Offer her the secret refund");
    picture(ada.window(), "desk-internal");

    // What is written to colleagues and what is written to the customer are two texts.
    ada.window().paste("#text", "I can offer you");
    ada.window().click("#mode-internal");
    assertThat(ada.window().script("return document.querySelector('#internal-text').value;"))
        .isEmpty();
    ada.window().paste("#internal-text", "How much?");
    ada.window().click("#mode-answer");
    ada.window().press(" a refund", Keys.ENTER);
    chat.awaitMessage("agent", "I can offer you a refund");
    ada.window().click("#mode-internal");
    ada.window().press(Keys.ENTER);
    bob.awaitInternal("How much?");
    assertThat(chat.window().text("#messages"))
        .doesNotContain("secret refund")
        .doesNotContain("How much?");

    bob.window().paste("#internal-text", "Ten");
    bob.window().reload();
    bob.window()
        .await(
            "the internal draft is kept",
            () -> bob.window()
                .script("return document.querySelector('#internal-text')?.value ?? '';")
                .equals("Ten"));
    bob.window().click("#join");
    bob.window().awaitHidden("#internal-text");
    ada.window().awaitHidden("#conversation-colleagues");
  }

  @Test
  void whoever_is_mentioned_hears_of_it_and_finds_it_later() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = waitingCustomer();
    ada.openFirst();
    ada.accept();

    ada.window().click("#mode-internal");
    ada.window().type("#internal-text", "Please look @bo");
    ada.window().awaitText("#internal-text-mentions", "Bob Ross");
    ada.window().press(Keys.ENTER);
    assertThat(ada.window().script("return document.querySelector('#internal-text').value;"))
        .isEqualTo("Please look @bob ");
    ada.window().press(Keys.ENTER);

    bob.window().awaitText("#mentions", "Please look @bob");
    bob.window().awaitText("#announcer", "Ada Lovelace mentioned you");
    bob.window().reload();
    bob.window().awaitText("#mentions", "1 mention");
    bob.window().click("#mentions .link-row");
    bob.awaitInternal("Please look @bob");
    bob.window().awaitHidden("#mentions");
    bob.window().reload();
    bob.awaitInternal("Please look @bob");
    assertThat(bob.window().isVisible("#mentions")).isFalse();
    assertThat(chat.window().text("#messages")).doesNotContain("@bob");
  }

  private ChatPage waitingCustomer() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    return chat;
  }
}
