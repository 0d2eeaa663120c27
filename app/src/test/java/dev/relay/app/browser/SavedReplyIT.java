package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** An agent writes saved replies and uses them with the keyboard alone. */
class SavedReplyIT extends BrowserTest {
  private static final String READ_REPLIES = """
      const done = arguments[0];
      fetch('/api/v1/saved-replies').then((answer) => answer.json()).then(() => done(''), done);""";

  @Test
  void a_reply_is_found_by_a_slash_and_a_macro_ends_the_conversation_by_keyboard_alone()
      throws IOException {
    BrowserWindow desk = open(WindowShape.AGENT);
    DeskPage agent = DeskPage.setUp(desk, relay().setUpLink(), "Ada Lovelace", PASSWORD);
    desk.click("#nav-settings");
    write(desk, "Greeting", "hello", "Hello {customer.name|there}, I am {agent.name}.", "");
    write(desk, "Your turn", "try", "Please try again.", "[name=status] [value=PENDING]");
    write(desk, "Solved now", "solved", "Glad to hear it!", "[name=ends]");
    BrowserWindow chat = customer(WindowShape.CUSTOMER).window();
    chat.awaitFocus("#text");
    chat.press("A person please", Keys.ENTER);
    chat.awaitText("#messages", "Delivered");
    desk.click("#nav-conversations");
    desk.awaitText("#conversations", "Guest");
    agent.openFirst();
    agent.accept();
    desk.awaitFocus("#text");

    desk.press("Good morning. /h");
    desk.awaitText("#replies [aria-selected=true]", "Greeting");
    assertThat(
            desk.script(
                "return document.getElementById("
                    + "document.getElementById('text').getAttribute('aria-activedescendant')).textContent;"))
        .contains("Greeting");
    desk.press(Keys.ESCAPE);
    desk.awaitHidden("#replies");
    assertThat(typed(desk)).isEqualTo("Good morning. /h");
    desk.press(Keys.BACK_SPACE, Keys.BACK_SPACE, "/");
    desk.awaitText("#replies", "Solved now");
    desk.press(Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER);
    desk.awaitHidden("#replies");
    assertThat(typed(desk)).isEqualTo("Good morning. Hello there, I am Ada Lovelace.");
    desk.pressWithControl("z");
    assertThat(typed(desk))
        .as("undo takes back the reply, not what was typed")
        .startsWith("Good morning. /");
    desk.pressWithControl("y");
    assertThat(typed(desk)).isEqualTo("Good morning. Hello there, I am Ada Lovelace.");
    desk.press(Keys.ENTER);
    chat.awaitText(
        "#messages [data-author=agent]", "Good morning. Hello there, I am Ada Lovelace.");

    desk.press("/try");
    desk.awaitText("#replies [aria-selected=true]", "Your turn");
    desk.press(Keys.ENTER);
    desk.awaitVisible("#macro-dialog");
    desk.press(Keys.ENTER);
    desk.await(
        "the case beside the conversation shows what the macro changed",
        () -> desk.script(
                "return document.querySelector('#conversation-case [id$=status]')?.value ?? '';")
            .equals("PENDING"));

    desk.click("#nav-settings");
    desk.click("#setting-undo");
    desk.script("history.back(); return '';");
    desk.awaitVisible("#text");
    desk.click("#text");
    desk.script(KeptWorkIT.LONG_MOMENT);
    desk.press("/solved");
    desk.awaitText("#replies [aria-selected=true]", "Solved now");
    desk.press(Keys.ENTER);
    desk.awaitVisible("#macro-dialog");
    desk.press(Keys.ENTER);
    desk.awaitText("#toasts [data-part=undo]", "“Solved now” is applied in a moment.");
    desk.click("#toasts [data-part=undo] .button");
    desk.awaitHidden("#toasts [data-part=undo]");
    assertThat(desk.text("#conversation-state")).isEqualTo("With you");
    desk.click("#nav-settings");
    desk.click("#setting-undo");
    desk.script("history.back(); return '';");
    desk.awaitVisible("#text");
    desk.click("#text");

    desk.press("/solved");
    desk.awaitText("#replies [aria-selected=true]", "Solved now");
    desk.press(Keys.ENTER);
    desk.awaitVisible("#macro-dialog");
    desk.awaitText("#macro-steps", "End the conversation");
    desk.press(Keys.ENTER);
    chat.awaitText("#messages [data-author=agent]", "Glad to hear it!");
    chat.awaitText("#status", "This conversation has ended");
    desk.awaitText("#conversation-state", "Closed");
    assertThat(
            chat.script(
                "return String(document.querySelector('#messages').innerText.split('Glad to hear it!').length - 1);"))
        .as("what was taken back was not sent later")
        .isEqualTo("1");
  }

  @Test
  @Tag("soak")
  void what_a_colleague_changes_meanwhile_is_shown_and_not_overwritten_unseen() throws IOException {
    BrowserWindow ada = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    BrowserWindow sue = supervisor(WindowShape.AGENT, "sue", "Sue").window();
    ada.click("#nav-settings");
    sue.click("#nav-settings");
    write(ada, "Greeting", "hello", "Hello", "[name=shared]");
    sue.awaitText("#reply-list", "Greeting");
    sue.script("document.querySelector(\"[aria-label='Edit Greeting']\").focus(); return '';");
    sue.holdAnswers("/saved-replies$");
    sue.script("window.dispatchEvent(new Event('focus')); return '';");
    sue.awaitHeldAnswer();
    sue.releaseAnswers();
    sue.scriptWithCallback(READ_REPLIES);
    assertThat(sue.isFocused("[aria-label='Edit Greeting']"))
        .as("the same list, read again when the window comes back, keeps the focus")
        .isTrue();

    ada.click("[aria-label='Edit Greeting']");
    ada.paste("#reply-en", "Hello from Ada");
    sue.click("[aria-label='Edit Greeting']");
    sue.paste("#reply-en", "Hello from Sue");
    sue.paste("#reply-name", "Welcome");
    sue.click("#reply-save");
    sue.awaitHidden("#reply-dialog");

    ada.awaitText("#reply-meanwhile", "Somebody else has changed this saved reply");
    assertThat(value(ada, "#reply-name")).as("not touched here").isEqualTo("Welcome");
    assertThat(value(ada, "#reply-en")).isEqualTo("Hello from Ada");
    ada.click("#reply-save");
    ada.awaitHidden("#reply-dialog");

    sue.awaitText("#reply-list", "Welcome");
    sue.click("[aria-label='Edit Welcome']");
    sue.await("Ada's text", () -> value(sue, "#reply-en").equals("Hello from Ada"));
    ada.click("[aria-label='Delete Welcome']");
    ada.click("#question-yes");
    sue.awaitText("#reply-meanwhile", "has deleted this saved reply");
    sue.click("#reply-save");
    sue.awaitHidden("#reply-dialog");
    ada.awaitText("#reply-list", "Welcome");
  }

  private static String value(BrowserWindow window, String css) {
    return window.script("return document.querySelector(arguments[0]).value;", css);
  }

  @Test
  @Tag("soak")
  void a_draft_follows_the_agent_to_another_browser() throws IOException {
    relay().addAgent("ada", "Ada Lovelace", PASSWORD);
    BrowserWindow desk = open(WindowShape.AGENT);
    DeskPage agent = DeskPage.logIn(desk, relay().address(), "ada", PASSWORD);
    BrowserWindow chat = customer(WindowShape.CUSTOMER).window();
    chat.awaitFocus("#text");
    chat.press("A person please", Keys.ENTER);
    chat.awaitText("#messages", "Delivered");
    desk.awaitText("#conversations", "Guest");
    desk.await(
        "the title counts who waits",
        () -> desk.script("return document.title;").startsWith("(1)"));
    agent.openFirst();
    agent.accept();
    desk.await(
        "nobody waits any longer", () -> !desk.script("return document.title;").startsWith("("));
    desk.paste("#conversation-case textarea[id$=note]", "half a note");
    desk.click("#text");
    desk.press("half a sen");

    BrowserWindow other = open(WindowShape.AGENT);
    DeskPage elsewhere = DeskPage.logIn(other, relay().address(), "ada", PASSWORD);
    elsewhere.show("mine");
    other.await("the draft is there", () -> {
      elsewhere.openFirst();
      if (typed(other).equals("half a sen")) {
        return true;
      }
      elsewhere.show("waiting");
      elsewhere.show("mine");
      return false;
    });
    other.await(
        "the note is there",
        () -> other
            .script(
                "return document.querySelector('#conversation-case textarea[id$=note]')?.value ?? '';")
            .equals("half a note"));
  }

  /** Writes a saved reply in the settings; with something that it also does it is a macro. */
  private static void write(
      BrowserWindow desk, String name, String shortcut, String text, String step) {
    desk.click("#reply-new");
    desk.awaitVisible("#reply-dialog");
    desk.paste("#reply-name", name);
    desk.paste("#reply-shortcut", shortcut);
    desk.paste("#reply-en", text);
    if (!step.isEmpty()) {
      desk.click("#reply-is-macro");
      desk.click(step);
    }
    desk.click("#reply-save");
    desk.awaitHidden("#reply-dialog");
    desk.awaitText("#reply-list", name);
  }

  private static String typed(BrowserWindow window) {
    return window.script("return document.getElementById('text').value;");
  }
}
