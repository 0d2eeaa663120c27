package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Two agents press "Accept" at the same time. */
class TwoAgentsIT extends BrowserTest {
  private static final String RELEASE_ACCEPTANCE = "window.releaseAcceptance(); return '';";

  /** Holds back the request of an agent who accepts until it is released, so that both agents press before one of them succeeds. */
  private static final String HOLD_ACCEPTANCE = """
      const real = window.fetch;
      const released = new Promise((go) => { window.releaseAcceptance = go; });
      window.fetch = async (address, options) => {
        if (/[/]accept$/.test(new URL(address, location).pathname)) {
          await released;
        }
        return real(address, options);
      };
      return '';""";

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

    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.window().script(HOLD_ACCEPTANCE);
      desk.window().click("#accept");
    }
    bob.window().script(RELEASE_ACCEPTANCE);
    bob.window().awaitText("#conversation-state", "With you");
    ada.window().script(RELEASE_ACCEPTANCE);

    ada.window().awaitText("#conversation-state", "With Bob Ross");
    ada.window().awaitText("#conversation-info", "Bob Ross has this conversation.");
    assertThat(ada.window().isVisible("#composer")).isFalse();
    picture(ada.window(), "desk-taken");

    bob.say("Hello, I am here for you.");
    chat.awaitMessage("agent", "Hello, I am here for you.");
    chat.awaitStatus("You are talking with Bob Ross");
    ada.awaitMessage("agent", "Hello, I am here for you.");

    ada.window().click("#accept");
    ada.window().awaitText("#question", "Take over this conversation?");
    ada.window().click("#question-yes");
    ada.window().awaitText("#conversation-state", "With you");
    bob.window().awaitText("#conversation-state", "With Ada Lovelace");
    chat.awaitStatus("You are talking with Ada Lovelace");
  }
}
