package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.operations.SteadyClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Two agents work on one conversation: one passes it on, takes it over, joins, and writes to the other alone. */
class TeamworkIT extends BrowserTest {
  /** Lets the page read the case again only after it has tried to change it. */
  private static final String LATE_NEWS = """
      const real = window.fetch;
      let isHeld = true;
      window.fetch = (address, options = {}) => {
        isHeld &&= options.method !== 'PATCH';
        const isCase = /[/]cases[/]1001$/.test(new URL(address, location).pathname);
        return isHeld && isCase ? Promise.reject(new TypeError('held')) : real(address, options);
      };
      return '';""";

  private static final String FOCUS =
      "return document.activeElement.closest('#offer') === null ? 'elsewhere' : 'in the offer';";

  /** Keeps every sign that somebody types: one lasts some seconds only. */
  private static final String KEEP_SIGNS = """
      window.signs = [];
      const place = document.querySelector('#typing');
      new MutationObserver(() => place.textContent && window.signs.push(place.textContent.trim()))
          .observe(place, { subtree: true, childList: true, characterData: true });
      return '';""";

  private static final String READ_SETTING = """
      const done = arguments[0];
      fetch('/api/v1/agents/me/settings')
          .then((answer) => answer.json())
          .then((settings) => done(String(settings.showsTyping)), done);""";

  private static final String COUNT_UNSEEN = """
      const done = arguments[0];
      fetch('/api/v1/agents/me/mentions')
          .then((answer) => answer.json())
          .then(({ items }) => done(items.filter((one) => !one.seen).length), done);""";

  private final InstantSource clock = new SteadyClock();
  /** How far the server's clock is ahead. */
  private volatile Duration ahead = Duration.ZERO;

  @Override
  RelayServer startServer(Path data, Map<String, String> settings) {
    return RelayInside.start(data, settings, () -> clock.instant().plus(ahead));
  }

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
    ada.window().await("the case is Bob's", () -> assignee(ada.window()).equals("bob"));

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

  private static String assignee(BrowserWindow window) {
    return window.script(
        "return document.querySelector('#conversation-case-assignee')?.value ?? '';");
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
    assertThat(ada.window()
            .script("return [...document.querySelectorAll("
                + "'#messages .message__author:not(.visually-hidden) .message__name')]"
                + ".map((name) => name.textContent).slice(-2).join(', ');"))
        .as("an own message below a colleague's, on the same side, says whose it is")
        .isEqualTo("Bob Ross, You");
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
  @Tag("soak")
  void each_side_sees_that_the_other_is_typing_and_colleagues_see_who_else_writes()
      throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = waitingCustomer();
    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.openFirst();
      desk.window().script(KEEP_SIGNS);
    }
    chat.window().script(KEEP_SIGNS);
    chat.window().type("#text", "nobody sees this");
    ada.accept();
    chat.awaitStatus("You are talking with Ada Lovelace");

    ada.window().type("#text", "One moment");
    awaitSign(chat.window(), "Ada Lovelace is typing…");
    awaitSign(bob.window(), "Ada Lovelace is also writing an answer…");
    assertThat(chat.window().text("#announcer")).containsOnlyOnce("Ada Lovelace is typing…");

    chat.window().type("#text", " and more");
    awaitSign(ada.window(), "is typing…");
    ada.window().press(Keys.ENTER);
    chat.awaitMessage("agent", "One moment");
    chat.window()
        .await("the message ends the sign", () -> chat.window().text("#typing").isEmpty());

    bob.window().click("#join");
    bob.window().awaitVisible("#internal-text");
    bob.window().type("#internal-text", "Ask for the receipt");
    awaitSign(ada.window(), "Bob Ross is writing an internal message…");
    bob.window().press(Keys.ENTER);
    ada.awaitInternal("Ask for the receipt");

    String conversation = ada.window().script("return location.hash;");
    ada.window().script("location.hash = '#/settings'; return '';");
    ada.window().click("#setting-showsTyping");
    ada.window()
        .await(
            "the setting is stored",
            () -> ada.window().scriptWithCallback(READ_SETTING).equals("false"));
    ada.window().script("location.hash = arguments[0]; return '';", conversation);
    bob.window().script("window.signs = []; return '';");
    ada.window().type("#text", "Hidden");
    awaitSign(bob.window(), "Ada Lovelace is also writing an answer…");
    ada.window().press(Keys.ENTER);
    chat.awaitMessage("agent", "Hidden");
    assertThat(signs(chat.window())).isEqualTo("Ada Lovelace is typing…");
    assertThat(signs(ada.window())).doesNotContain("Ada Lovelace");
  }

  private static void awaitSign(BrowserWindow window, String words) {
    window.await("the sign " + words, () -> signs(window).contains(words));
  }

  private static String signs(BrowserWindow window) {
    return window.script("return [...new Set(window.signs)].join('|');");
  }

  @Test
  void an_offer_that_one_agent_lets_pass_goes_to_the_other_who_accepts_it() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    bob.window().choose("#presence", "away");
    ada.window().choose("#presence", "online");
    ada.window().click("#show-team");
    ada.window().awaitText("#team", "Ada Lovelace\tOnline");
    ada.window().awaitText("#team [data-member=bob]", "Away");
    assertThat(ada.window().text("#team [data-member=bob]")).contains("0 of ", "billing, default");
    picture(ada.window(), "desk-team");
    closeTeam(ada);
    ada.offerConversations(Duration.ofMinutes(2));

    // Only Ada can be asked.
    ChatPage chat = waitingCustomer();
    ada.window().awaitText("#announcer", "is offered to you");
    ada.window().awaitVisible("#offer");
    assertThat(ada.window().text("#offer-left")).endsWith("seconds left");
    assertThat(ada.window().script(FOCUS)).isEqualTo("elsewhere");
    picture(ada.window(), "desk-offer");

    bob.window().choose("#presence", "online");
    ada.window().click("#show-team");
    ada.window().awaitText("#team [data-member=bob]", "Online");
    closeTeam(ada);
    // Whatever the page shows, the presence is there, and an offer is in front of it.
    bob.window().click("#nav-cases");
    bob.window().awaitVisible("#case-query");
    assertThat(bob.window().isVisible("#presence")).isTrue();
    bob.window().click("#nav-settings");
    bob.window().awaitVisible("#sign-out");
    assertThat(bob.window().isVisible("#presence")).isTrue();
    assertThat(bob.window().isVisible("#offer")).isFalse();
    ahead = Duration.ofSeconds(121);
    bob.window().awaitVisible("#offer");
    ada.window().awaitHidden("#offer");
    bob.window().click("#offer-accept");

    bob.window().awaitText("#conversation-state", "With you");
    bob.window().awaitHidden("#offer");
    chat.awaitStatus("You are talking with Bob Ross");
    ada.window().click("#show-team");
    ada.window().awaitText("#team [data-member=bob]", "1 of ");
    assertThat(ada.window().text("#team [data-member=bob]")).contains("Online");
  }

  @Test
  @Tag("soak")
  void who_lets_three_offers_pass_is_told_why_they_are_away_and_comes_back_by_a_button()
      throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    ada.window().choose("#presence", "online");
    ada.offerConversations(Duration.ofMinutes(2));
    for (String name : List.of("Ann", "Ben", "Cem")) {
      anotherCustomerWaits(name, "I want to talk to a person please");
    }
    ada.window().await("all three are offered", () -> ada.offers() == 3);
    assertThat(ada.window().isVisible("#away-notice")).isFalse();

    ahead = Duration.ofSeconds(121);
    ada.window().awaitText("#away-notice", "Three offers in a row passed unanswered");
    assertThat(ada.window().script("return document.querySelector('#presence').value;"))
        .isEqualTo("away");
    assertThat(ada.window().script(FOCUS)).isEqualTo("elsewhere");
    picture(ada.window(), "desk-away");

    ada.window().reload();
    ada.window().awaitText("#away-notice", "once you are online");
    ada.window().click("#come-back");
    ada.window().awaitHidden("#away-notice");
    ada.window().awaitVisible("#offer");
    assertThat(ada.window().script("return document.querySelector('#presence').value;"))
        .isEqualTo("online");
  }

  @Test
  @Tag("soak")
  void the_chat_of_an_agent_who_is_disabled_goes_back_to_the_queue_and_to_a_colleague()
      throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ChatPage chat = waitingCustomer();
    bob.openFirst();
    bob.accept();
    chat.awaitStatus("You are talking with Bob Ross");
    bob.window().paste("#text", "I was about to");

    ada.window().script("location.hash = '#/accounts'; return '';");
    ada.window().click("[aria-label='Edit Bob Ross']");
    ada.window().click("#agent-disabled");
    bob.window().expect("401");
    ada.window().click("#agent-form-save");

    bob.window().awaitVisible("#login");
    chat.awaitStatus("Waiting for a person");
    ada.window().script("location.hash = '#/conversations/waiting'; return '';");
    ada.openFirst();
    ada.accept();
    chat.awaitStatus("You are talking with Ada Lovelace");
    ada.say("I take over from Bob.");
    chat.awaitMessage("agent", "I take over from Bob.");
  }

  @Test
  @Tag("soak")
  void who_may_only_read_acts_on_nothing_and_who_works_elsewhere_sees_nothing() throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    relay().addAgent("vic", "Vic", PASSWORD, Role.VIEWER);
    DeskPage vic = DeskPage.logIn(open(WindowShape.AGENT), relay().address(), "vic", PASSWORD);
    waitingCustomer();
    for (DeskPage desk : new DeskPage[] {ada, bob, vic}) {
      desk.openFirst();
      desk.awaitMessage("customer", "person");
    }
    bob.window().awaitVisible("#accept");
    for (String forbidden : List.of("#join", "#pass-on-open", "#text", "#internal-text")) {
      assertThat(vic.window().isVisible(forbidden)).as(forbidden).isFalse();
    }
    readsTheCase(vic.window(), "#conversation-case-");
    assertThat(vic.window().isVisible("#add-case")).as("a new case").isFalse();
    go(vic.window(), "#/cases/1001");
    readsTheCase(vic.window(), "#case-detail-");
    go(vic.window(), "#/settings");
    vic.window().awaitText("#settings-who", "Vic");
    assertThat(vic.window().isVisible("#reply-new")).as("a new reply").isFalse();
    go(vic.window(), "#/conversations/waiting");
    vic.openFirst();
    vic.awaitMessage("customer", "person");

    ada.accept();
    bob.window().awaitText("#conversation-state", "With Ada Lovelace");
    assertThat(bob.window().isVisible("#accept"))
        .as("only supervisors take over")
        .isFalse();
    ada.limitQueueTo("admin");
    bob.window().expect(" 404 ");
    vic.window().expect(" 404 ");
    ada.say("Only we two read this.");
    for (DeskPage desk : new DeskPage[] {bob, vic}) {
      desk.window().awaitVisible("#conversation-failure");
      assertThat(desk.window().isVisible("#conversation")).isFalse();
      assertThat(desk.window().text("#desk")).doesNotContain("Only we two");
    }
  }

  private static void readsTheCase(BrowserWindow window, String panel) {
    window.awaitVisible(panel + "subject");
    assertThat(window.script(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".filter((field) => !field.disabled && field.offsetParent).map((field) => field.id).join();",
            "[id^=" + panel.substring(1) + "]:is(input, select, textarea, button)"))
        .as("what can be changed")
        .isEmpty();
  }

  private static void go(BrowserWindow window, String hash) {
    window.script("window.location.hash = arguments[0]; return '';", hash);
  }

  @Test
  @Tag("soak")
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
    bob.window()
        .await(
            "the server knows that it is seen",
            () -> bob.window().scriptWithCallback(COUNT_UNSEEN).equals("0"));
    bob.window().reload();
    bob.awaitInternal("Please look @bob");
    assertThat(bob.window().isVisible("#mentions")).isFalse();

    // Bob has left his desk; the mention is there when he comes back.
    bob.window().go("about:blank");
    ada.whisper("Your turn, @bob ");
    ada.awaitInternal("Your turn, @bob");
    bob.window().go(relay().address() + "/desk");
    bob.window().awaitText("#mentions", "Your turn, @bob");
    assertThat(chat.window().text("#messages")).doesNotContain("@bob");
  }

  @Test
  void a_case_shows_all_that_happened_in_one_order_and_both_values_of_a_conflict()
      throws IOException {
    DeskPage ada = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    DeskPage bob = agent(WindowShape.AGENT, "bob", "Bob Ross");
    ada.window().expect("409");
    ChatPage chat = waitingCustomer();
    ada.openFirst();
    ada.accept();
    ada.say("Which lantern is it?");
    chat.awaitMessage("agent", "Which lantern is it?");
    for (DeskPage desk : new DeskPage[] {ada, bob}) {
      desk.window().go(relay().address() + "/desk#/cases/1001");
      desk.window().awaitVisible("#case-detail-subject");
    }
    ada.window().paste("#case-detail-note", "The red one");
    ada.window().click("#case-detail form:has(#case-detail-note) [type=submit]");
    ada.window().awaitText("#case-detail .timeline .message--internal", "The red one");
    ada.window().choose("#case-detail-priority", "HIGH");
    ada.window().awaitText("#case-detail .timeline", "Priority: Normal → High");
    ada.window().choose("#case-detail-status", "PENDING");
    ada.window().awaitText("#case-detail .timeline", "Status: Open →");

    assertThat(ada.window().text("#case-detail .timeline"))
        .containsSubsequence(
            "I want to talk to a person please",
            "Which lantern is it?",
            "The red one",
            "Priority: Normal → High",
            "Status: Open →");
    picture(ada.window(), "desk-timeline");

    // Bob has changed something else: both changes are kept without a question.
    bob.window().choose("#case-detail-kind", "BUG");
    bob.window().awaitText("#case-detail .timeline", "Kind: Support → Bug");
    // Ada is still typing when Bob saves.
    ada.window().paste("#case-detail-subject", "The lantern is dark");
    replace(bob, "Red lantern");
    ada.window().awaitText("[data-conflict=subject]", "Bob Ross has changed this meanwhile: Red");
    assertThat(subject(ada)).isEqualTo("The lantern is dark");
    ada.window().click("[data-conflict=subject] .button:last-child");
    ada.window().awaitText("#case-detail .timeline", "Red lantern → The lantern is dark");

    // Both save, and the news of Bob's change comes too late.
    ada.window().script(LATE_NEWS);
    // Ada's value, if it came later, would undo the selection, and the words would be added to it.
    bob.window().await("Ada's value", () -> subject(bob).equals("The lantern is dark"));
    replace(bob, "Blue lantern");
    bob.window().awaitText("#case-detail .timeline", "→ Blue lantern");
    replace(ada, "Green lantern");
    ada.window().awaitText("[data-conflict=subject]", "meanwhile: Blue lantern");
    assertThat(subject(ada)).isEqualTo("Green lantern");
    ada.window().click("[data-conflict=subject] .button:first-child");
    ada.window().await("Bob's value", () -> subject(ada).equals("Blue lantern"));
    assertThat(ada.window().text("#case-detail .timeline")).contains("Kind: Support → Bug");
  }

  private static void closeTeam(DeskPage desk) {
    desk.window().click("#close-team");
    desk.window().awaitHidden("#team");
  }

  private static void replace(DeskPage desk, String subject) {
    desk.window().script("document.querySelector('#case-detail-subject').select(); return '';");
    desk.window().type("#case-detail-subject", subject, Keys.TAB);
  }

  private static String subject(DeskPage desk) {
    return desk.window().script("return document.querySelector('#case-detail-subject').value;");
  }

  private ChatPage waitingCustomer() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("I want to talk to a person please");
    chat.awaitStatus("Waiting for a person");
    return chat;
  }
}
