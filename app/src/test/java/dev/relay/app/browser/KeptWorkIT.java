package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
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
    assertThat(window.scriptWithCallback(COUNT_RETRIES))
        .as("what is sent behind the log-in form, which the server would refuse")
        .isEqualTo("0");
    window.press("the rest of the sentence", Keys.ENTER);
    assertThat(window.script("return document.querySelector('#password').value;"))
        .as("who is just writing does not write into the field of the password")
        .isEmpty();
    assertThat(window.text("#login-error")).contains("Your session has expired");
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

  /** Lets pauses pass a hundred times as fast, and counts the requests of messages that begin meanwhile. */
  private static final String COUNT_RETRIES = """
      const done = arguments[0];
      const { setTimeout, fetch } = window;
      let sent = 0;
      window.setTimeout = (call, time, ...more) => setTimeout(call, time / 100, ...more);
      window.fetch = (address, call) => {
        sent += String(address).endsWith('/messages') ? 1 : 0;
        return fetch(address, call);
      };
      // A pause that began before lasts a second.
      setTimeout(() => { Object.assign(window, { setTimeout, fetch }); done(String(sent)); }, 1_300);""";

  /** Changes a field of the first case as another agent would, by the interface. */
  private static final String CHANGE_CASE = """
      const [changes, done] = arguments;
      const change = async () => {
        const me = await (await fetch('/api/v1/agents/me')).json();
        const { version } = await (await fetch('/api/v1/cases/1001')).json();
        const answer = await fetch('/api/v1/cases/1001', {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrfToken },
          body: JSON.stringify({ ...changes, version }),
        });
        return answer.status;
      };
      change().then(done, done);""";

  private static final String READ_DRAFT = """
      const [subject, done] = arguments;
      fetch('/api/v1/agents/me/drafts/' + subject)
          .then((answer) => answer.json())
          .then(({ text }) => done(text), done);""";

  @Test
  @Tag("soak")
  void what_is_begun_in_forms_is_there_in_another_browser_and_overwrites_nothing()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    DeskPage bob = supervisor(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.openFirst();
    desk.accept();

    go(window, "#/cases/1001");
    window.paste("#case-detail-subject", "The arena crashes at midnight");
    window.paste("#case-detail-tags", "arena, crash");
    window.paste("#case-detail-follow-up", "We have found");
    window.script("const time = document.querySelector('#case-detail-send-at');"
        + "time.value = '2036-05-01T10:00';"
        + "time.dispatchEvent(new Event('input', { bubbles: true }));");
    awaitDraft(window, "forms/send-at-1001", "2036-05-01T10:00");
    awaitDraft(window, "forms/case-1001", "midnight");
    awaitDraft(window, "cases/1001", "We have found");
    go(window, "#/conversations/mine");
    desk.openFirst();
    window.click("#pass-on-open");
    window.awaitVisible("#pass-on-target");
    assertThat(window.script("return document.activeElement.id;")).isEqualTo("pass-on-target");
    window.paste("#pass-on-note", "She has the receipt");
    awaitDraft(window, "forms/pass-on-1", "She has the receipt");
    window.press(Keys.ESCAPE);
    window.awaitHidden("#pass-on");
    openNewCase(desk);
    window.paste("#new-case-subject", "A second lantern");
    window.await("the new case is a draft", () -> draftOfNewCase(window).contains("lantern"));
    assertThat(bob.window().scriptWithCallback(CHANGE_CASE, Map.of("subject", "Bob was faster")))
        .isEqualTo("200");

    BrowserWindow other = open(WindowShape.AGENT);
    DeskPage elsewhere = DeskPage.logIn(other, relay().address(), "admin", PASSWORD);
    go(other, "#/cases/1001");
    awaitValue(other, "#case-detail-tags", "arena, crash");
    awaitValue(other, "#case-detail-follow-up", "We have found");
    awaitValue(other, "#case-detail-send-at", "2036-05-01T10:00");
    other.awaitText("[data-conflict=subject]", "Bob was faster");
    awaitValue(other, "#case-detail-subject", "The arena crashes at midnight");
    go(other, "#/conversations/mine");
    elsewhere.openFirst();
    other.click("#pass-on-open");
    awaitValue(other, "#pass-on-note", "She has the receipt");
    other.press(Keys.ESCAPE);
    other.awaitHidden("#pass-on");
    openNewCase(elsewhere);
    awaitValue(other, "#new-case-subject", "A second lantern");
    other.click("#new-case-form [type=submit]");
    other.awaitText("#case-detail", "Case #1002");
    other.await("the draft is used up", () -> draftOfNewCase(other).isEmpty());
    assertThat(bob.window().scriptWithCallback(READ_DRAFT, "forms/case-1001"))
        .as("drafts are the agent's own")
        .isEmpty();
  }

  @Test
  @Tag("soak")
  void a_session_that_ends_while_an_internal_message_or_a_case_is_written_loses_nothing()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.openFirst();
    desk.accept();
    String conversation = window.script("return location.hash;");

    window.click("#mode-internal");
    window.awaitVisible("#internal-text");
    window.loseCookies();
    // In one script: a slow machine could save the half-typed message before it is sent.
    fill(window, "#internal-text", "Who knows the arena?", "#internal-send");
    signInAgain(window);
    desk.awaitInternal("Who knows the arena?");
    assertThat(window.script("return location.hash;")).isEqualTo(conversation);
    assertThat(chat.window().text("#messages")).doesNotContain("Who knows");

    go(window, "#/cases/1001");
    window.awaitVisible("#case-detail-subject");
    window.loseCookies();
    fill(window, "#case-detail-subject", "The arena crashes at midnight", "#case-detail-tags");
    signInAgain(window);
    assertThat(window.script("return location.hash;")).isEqualTo("#/cases/1001");
    awaitValue(window, "#case-detail-subject", "The arena crashes at midnight");
    window.click("#case-detail-subject");
    window.press(Keys.TAB);
    window.await(
        "the case is saved",
        () -> window.scriptWithCallback(READ_SUBJECT).equals("The arena crashes at midnight"));

    go(window, conversation);
    openNewCase(desk);
    window.loseCookies();
    fill(window, "#new-case-subject", "A second lantern", "#new-case-form [type=submit]");
    signInAgain(window);
    assertThat(window.isVisible("#new-case")).isTrue();
    awaitValue(window, "#new-case-subject", "A second lantern");
    window.click("#new-case-form [type=submit]");
    window.awaitText("#case-detail", "Case #1002");
  }

  @Test
  void a_session_that_ends_while_a_first_message_is_written_loses_and_doubles_nothing()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.openFirst();
    desk.accept();
    desk.endSolved();
    go(window, "#/cases/1001");
    window.awaitVisible("#case-detail-follow-up");

    // The message itself finds that the session has ended.
    window.loseCookies();
    fill(window, "#case-detail-follow-up", "Does it run?", "#case-detail-follow-up-send");
    signInAgain(window);
    awaitValue(window, "#case-detail-follow-up", "Does it run?");

    // The draft finds it, before the message is sent from behind the log-in.
    window.loseCookies();
    window.paste("#case-detail-follow-up", "Does the arena run tonight?");
    window.awaitVisible("#login");
    window.script("document.querySelector('#case-detail-follow-up-send').click();");
    signInAgain(window);
    awaitValue(window, "#case-detail-follow-up", "Does the arena run tonight?");
    window.click("#case-detail-follow-up-send");
    chat.awaitMessage("agent", "Does the arena run tonight?");
    assertThat(chat.count("agent", "Does the arena run tonight?")).isEqualTo(1);
    assertThat(chat.count("agent", "Does it run?")).isZero();
  }

  private static final String READ_SUBJECT = """
      const done = arguments[0];
      fetch('/api/v1/cases/1001')
          .then((answer) => answer.json())
          .then(({ subject }) => done(subject), done);""";

  private static void go(BrowserWindow window, String hash) {
    window.script("location.hash = arguments[0]; return '';", hash);
  }

  /** Fills a field, leaves it, and presses something, before the page can do anything in between. */
  private static void fill(BrowserWindow window, String css, String text, String pressed) {
    window.script(
        "const field = document.querySelector(arguments[0]); field.focus(); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('input', { bubbles: true })); field.blur();"
            + "document.querySelector(arguments[2]).click(); return '';",
        css,
        text,
        pressed);
  }

  private static void signInAgain(BrowserWindow window) {
    window.awaitVisible("#login");
    window.awaitText("#login-error", "Your session has expired");
    window.type("#password", PASSWORD, Keys.ENTER);
    window.awaitHidden("#login");
  }

  private static void openNewCase(DeskPage desk) {
    desk.window().script("location.hash = '#/conversations/mine'; return '';");
    desk.openFirst();
    desk.window().click("#add-case");
    desk.window().awaitVisible("#new-case-subject");
  }

  private static String draftOfNewCase(BrowserWindow window) {
    return window.scriptWithCallback(READ_DRAFT, "forms/new-case-1");
  }

  private static void awaitDraft(BrowserWindow window, String subject, String text) {
    window.await(
        subject + " is on the server",
        () -> window.scriptWithCallback(READ_DRAFT, subject).contains(text));
  }

  private static void awaitValue(BrowserWindow window, String css, String value) {
    window.await(
        css + " has " + value,
        () -> window
            .script("return document.querySelector(arguments[0])?.value ?? '';", css)
            .equals(value));
  }

  /** Lets the moment in which an answer can be taken back last for the whole test. */
  static final String LONG_MOMENT = """
      const real = window.setTimeout;
      window.setTimeout = (call, time, ...more) =>
        real(call, time > 3000 && time <= 5000 ? 600000 : time, ...more);
      return '';""";

  /** Lets the page read the settings again, as after a change in another window. */
  private static final String READ_SETTINGS = """
      const key = 'relay.desk.settingsChanged';
      window.dispatchEvent(new StorageEvent('storage', { key, newValue: '1' }));
      return '';""";

  @Test
  void a_status_is_taken_back_and_what_was_not_taken_back_is_changed_when_the_page_is_closed()
      throws IOException {
    BrowserWindow window = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    window.script("location.hash = '#/settings'; return '';");
    window.holdAnswers("/agents/me/settings$");
    window.script(READ_SETTINGS);
    window.awaitHeldAnswer();
    window.click("#setting-undo");
    anotherCustomerWaits("Ana", "The arena crashes");
    window.script("location.hash = '#/cases/1001'; return '';");
    window.awaitVisible("#case-detail-status");
    window.script(LONG_MOMENT);

    // The server has neither stored the setting nor answered with the ones before.
    window.choose("#case-detail-status", "SOLVED");
    window.awaitText("#toasts [data-part=undo]", "Case #1001 becomes Solved in a moment.");
    window.releaseAnswers();
    window.await(
        "the setting is stored",
        () -> window.script("return String(window.answersHeld);").equals("2"));
    window.click("#toasts [data-part=undo] .button");
    window.await("the status is what it was", () -> status(window).equals("NEW"));

    window.click("#case-rows .row-box input");
    window.choose("#case-bulk-action", "status");
    window.choose("#case-bulk-value", "SOLVED");
    window.click("#case-bulk-apply");
    window.awaitText("#toasts [data-part=undo]", "1 case becomes Solved in a moment.");
    window.script("document.activeElement.blur();");
    window.pressWithControl("z");
    window.awaitHidden("#toasts [data-part=undo]");
    window.awaitText("#case-bulk-count", "1 selected");
    window.reload();
    window.await("nothing was changed", () -> status(window).equals("NEW"));
    awaitUndoInSettings(window);
    window.script("location.hash = '#/cases/1001'; return '';");
    window.awaitVisible("#case-detail-status");

    window.script(LONG_MOMENT);
    window.choose("#case-detail-status", "SOLVED");
    window.awaitVisible("#toasts [data-part=undo]");
    window.go("about:blank");
    window.go(relay().address() + "/desk#/cases/1001");
    window.await("the case is solved", () -> status(window).equals("SOLVED"));

    awaitUndoInSettings(window);
    window.script("location.hash = '#/cases/1001'; return '';");
    window.awaitVisible("#case-detail-status");
    window.script(LONG_MOMENT);
    window.choose("#case-detail-status", "OPEN");
    window.awaitVisible("#toasts [data-part=undo]");
    window.script("location.hash = '#/settings'; return '';");
    window.holdAnswers("/cases/bulk$");
    // What the page asks in the background may come after the end of the session.
    window.expect(" 401 ");
    window.click("#sign-out");
    window.awaitHeldAnswer();
    assertThat(window.isVisible("#login"))
        .as("the session ends after the change")
        .isFalse();
    window.releaseAnswers();
    window.awaitVisible("#login");
    DeskPage.logIn(window, relay().address(), "admin", PASSWORD);
    window.script("location.hash = '#/cases/1001'; return '';");
    window.await("the case is open", () -> status(window).equals("OPEN"));
  }

  private static void awaitUndoInSettings(BrowserWindow window) {
    window.script("location.hash = '#/settings'; return '';");
    window.await(
        "the settings are read",
        () -> window
            .script("return String(document.querySelector('#setting-undo')?.checked);")
            .equals("true"));
  }

  /** Returns the chat of a customer whom the desk's agent has accepted. What the agent does then can be taken back for as long as the test needs. */
  private ChatPage acceptedWithLongMoments(DeskPage desk) throws IOException {
    desk.window().script("location.hash = '#/settings'; return '';");
    desk.window().click("#setting-undo");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.window().script("location.hash = '#/conversations/waiting'; return '';");
    desk.openFirst();
    desk.accept();
    desk.window().script(LONG_MOMENT);
    return chat;
  }

  private static String status(BrowserWindow window) {
    return window.script("return document.querySelector('#case-detail-status')?.value ?? '';");
  }

  @Test
  @Tag("soak")
  void an_answer_is_taken_back_and_what_was_not_taken_back_is_sent_when_the_page_is_closed()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = acceptedWithLongMoments(desk);

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
    window.go(relay().address() + "/desk");
    awaitUndoInSettings(window);
    window.script("location.hash = '#/conversations/mine'; return '';");
    desk.openFirst();
    desk.awaitMessage("agent", "Which version?");

    window.script(LONG_MOMENT);
    desk.say("Then update it, please.");
    window.awaitText("#messages .delivery__words", "Sending in a moment");
    desk.confirmEnd();
    chat.awaitMessage("agent", "Then update it, please.");
    window.awaitText("#toasts [data-part=undo]", "The conversation ends in a moment.");
    window.click("#toasts [data-part=undo] .button");
    window.awaitHidden("#toasts [data-part=undo]");
    window.press("l");
    window.awaitText("#toasts [data-part=undo]", "The customer returns to the queue in a moment.");
    window.click("#toasts [data-part=undo] .button");
    window.awaitHidden("#toasts [data-part=undo]");
    assertThat(window.text("#conversation-state")).isEqualTo("With you");

    desk.confirmEnd();
    window.awaitText("#toasts [data-part=undo]", "The conversation ends in a moment.");
    window.go("about:blank");

    chat.window().awaitText("#status", "This conversation has ended");
    assertThat(chat.count("agent", "Which version?")).isEqualTo(1);
    assertThat(chat.count("agent", "Which virsion?")).isZero();
  }

  /** Loses every message that the page sends while it is left, as if the change after it had overtaken it. */
  private static final String LOSE_LAST_MESSAGES = """
      const real = window.fetch;
      window.fetch = (address, call) =>
        call?.keepalive && String(address).endsWith('/messages') && !call.body.includes('messagesBefore')
          ? new Promise(() => {})
          : real(address, call);
      return '';""";

  @Test
  void what_is_done_after_answers_does_not_overtake_them_when_the_page_is_closed()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = acceptedWithLongMoments(desk);
    window.script(LOSE_LAST_MESSAGES);

    desk.say("One.");
    desk.say("Two.");
    window.await(
        "both can be taken back",
        () -> window
            .script(
                "return String(document.querySelectorAll('#messages .message__choices').length);")
            .equals("2"));
    window.go("about:blank");
    chat.awaitMessage("agent", "Two.");
    assertThat(chat.window().text("#messages")).containsSubsequence("One.", "Two.");

    window.go(relay().address() + "/desk");
    awaitUndoInSettings(window);
    window.script("location.hash = '#/conversations/mine'; return '';");
    desk.openFirst();
    window.script(LONG_MOMENT);
    window.script(LOSE_LAST_MESSAGES);
    desk.say("A colleague knows more.");
    window.awaitText("#messages .delivery__words", "Sending in a moment");
    window.click("#leave");
    window.awaitText("#toasts [data-part=undo]", "The customer returns to the queue in a moment.");
    window.go("about:blank");
    chat.window().awaitText("#messages", "had to leave");

    assertThat(chat.window().text("#messages"))
        .containsSubsequence("A colleague knows more.", "had to leave");
    assertThat(chat.count("agent", "A colleague knows more.")).isEqualTo(1);
  }

  @Test
  @Tag("soak")
  void a_change_is_not_made_if_the_answer_before_it_cannot_be_sent() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("The arena crashes");
    chat.talkToAPerson();
    desk.openFirst();
    desk.accept();
    window.script("const real = window.fetch;"
        + "window.fetch = (address, call) => String(address).endsWith('/messages')"
        + " ? Promise.reject(new TypeError('lost')) : real(address, call);"
        + "window.relayReal = real; return '';");

    desk.say("Which version?");
    window.awaitText("#messages .delivery__words", "Not sent yet, retrying");
    window.click("#leave");
    window.awaitText(
        "#toasts", "Nothing was changed, because your message before it was not sent.");
    assertThat(window.text("#conversation-state")).isEqualTo("With you");

    window.script("window.fetch = window.relayReal; return '';");
    window.click("#leave");
    window.awaitText("#conversation-state", "Waiting");
    chat.window().awaitText("#messages", "had to leave");
    assertThat(chat.window().text("#messages"))
        .containsSubsequence("Which version?", "had to leave");
  }

  private static String textOf(BrowserWindow window) {
    return window.script("return document.querySelector('#text').value;");
  }

  @Test
  @Tag("soak")
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
