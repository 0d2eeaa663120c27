package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Customer and agent use only the keyboard. */
class KeyboardIT extends BrowserTest {

  @Test
  void a_customer_and_an_agent_do_everything_with_keys() throws IOException {
    relay().addAgent("ada", "Ada Lovelace", PASSWORD);
    BrowserWindow desk = open(WindowShape.AGENT);
    desk.go(relay().address() + "/desk");
    desk.awaitFocus("#username");
    desk.press("ada", Keys.TAB, PASSWORD, Keys.ENTER);
    desk.awaitVisible("#desk");

    BrowserWindow chat = customer(WindowShape.CUSTOMER).window();
    chat.awaitFocus("#text");
    chat.press("I have a qestion", Keys.ENTER);
    chat.awaitText("#messages", "Delivered");
    correctTheSlip(chat);
    tabTo(chat, "#talk-to-person, [data-action=talk_to_person]");
    chat.press(Keys.ENTER);
    chat.awaitText("#status", "Waiting for a person");

    desk.awaitText("#conversations", "Guest");
    desk.press("j");
    desk.awaitText("#messages", "I have a question");
    desk.awaitVisible("#accept");
    desk.press("a");
    desk.awaitText("#conversation-state", "With you");
    desk.awaitFocus("#text");
    desk.press("How can I help?");
    desk.pressWithShift(Keys.ENTER);
    desk.press("Tell me more.", Keys.ENTER);
    chat.awaitText("#messages [data-author=agent]", "How can I help?\nTell me more.");

    tabBackTo(desk, "#toggle-details, #end, #messages [data-focus=change]");
    desk.press("?");
    desk.awaitVisible("#help");
    desk.press(Keys.ESCAPE);
    desk.awaitHidden("#help");
    desk.press("l");
    desk.awaitText("#question", "Return the customer to the queue?");
    desk.press(Keys.ESCAPE);
    desk.awaitHidden("#question");
    assertThat(desk.text("#conversation-state")).isEqualTo("With you");
    desk.press("e");
    desk.awaitVisible("#end-dialog");
    assertThat(desk.script("return String(document.activeElement.matches(':focus-visible'));"))
        .isEqualTo("true");
    desk.press(Keys.ENTER);
    chat.awaitText("#status", "This conversation has ended");
    // The customer may see it first.
    desk.awaitText("#conversation-state", "Closed");
    desk.press("4");
    desk.await(
        "the list of closed ones",
        () -> desk.script("return location.hash;").startsWith("#/conversations/closed"));
    desk.awaitText("#conversations", "Guest");
    desk.press("/");
    desk.awaitFocus("#case-query");
  }

  /** Opens the menu of the message, edits the text and saves it, with keys only. */
  private static void correctTheSlip(BrowserWindow chat) {
    tabBackTo(chat, "[data-focus=change]");
    chat.press(Keys.ENTER);
    chat.awaitFocus(".message .menu button");
    chat.press(Keys.ENTER);
    chat.awaitFocus(".editor textarea");
    chat.press(Keys.chord(Keys.CONTROL, "a"));
    chat.press("I have a question", Keys.ENTER);
    chat.awaitText("#messages [data-author=customer]", "I have a question");
    chat.awaitText("#messages [data-author=customer]", "edited");
  }

  private static void tabTo(BrowserWindow window, String css) {
    window.await("reach " + css + " by Tab", () -> {
      window.press(Keys.TAB);
      return window.isFocused(css);
    });
  }

  private static void tabBackTo(BrowserWindow window, String css) {
    window.await("reach " + css + " by Shift and Tab", () -> {
      window.pressWithShift(Keys.TAB);
      return window.isFocused(css);
    });
  }
}
