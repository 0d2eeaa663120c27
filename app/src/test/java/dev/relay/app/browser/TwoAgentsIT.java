package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Two agents press "Accept" at the same time. */
class TwoAgentsIT extends BrowserTest {

  @Test
  void one_gets_the_conversation_and_the_other_sees_who_has_it() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = supervisor(WindowShape.AGENT, "bob", "Bob Ross");
    ada.window().expect("409");
    bob.window().expect("409");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.openFirst();
      desk.window().awaitVisible("#accept");
    }

    ada.window().script("document.querySelector('#accept').click(); return '';");
    bob.window().script("document.querySelector('#accept').click(); return '';");

    ada.window().await("the accepting is over", () -> isTaken(ada));
    bob.window().await("the accepting is over", () -> isTaken(bob));
    boolean adaHasIt = ada.window().text("#conversation-state").contains("With you");
    DeskPage winner = adaHasIt ? ada : bob;
    DeskPage loser = adaHasIt ? bob : ada;
    String name = adaHasIt ? "Ada Lovelace" : "Bob Ross";
    loser.window().awaitText("#conversation-state", "With " + name);
    loser.window().awaitText("#conversation-info", name + " has this conversation.");
    assertThat(loser.window().isVisible("#composer")).isFalse();
    picture(loser.window(), "desk-taken");

    winner.say("Hello, I am here for you.");
    chat.awaitMessage("agent", "Hello, I am here for you.");
    chat.awaitStatus("You are talking with " + name);
    loser.awaitMessage("agent", "Hello, I am here for you.");

    loser.window().click("#accept");
    loser.window().awaitText("#question", "Take over this conversation?");
    loser.window().click("#question-yes");
    loser.window().awaitText("#conversation-state", "With you");
    winner.window().awaitText("#conversation-state", "With " + (adaHasIt ? "Bob" : "Ada"));
    chat.awaitStatus("You are talking with " + (adaHasIt ? "Bob Ross" : "Ada Lovelace"));
  }

  private static boolean isTaken(DeskPage desk) {
    return desk.window().text("#conversation-state").startsWith("With ");
  }
}
