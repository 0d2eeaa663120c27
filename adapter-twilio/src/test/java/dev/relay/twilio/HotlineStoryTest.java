package dev.relay.twilio;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.NoticeKind;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HotlineStoryTest {
  /** Opened by each test, with its medium. */
  @SuppressWarnings("NullAway.Init")
  private Hotline hotline;

  @AfterEach
  void close() {
    hotline.close();
  }

  /** The customer asks, the virtual agent answers, and the customer is handed over to Bob in Flex. */
  private long served(Line line) throws IOException {
    hotline = new Hotline(line);
    hotline.answered(1, "my sword is gone");
    hotline.says(1, "agent please");
    long id = hotline.conversation(1).id().value();
    Eventually.holds("it is offered", () -> hotline.twilio.agents().isOffered(id));
    hotline.twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> hotline.state(id) == ConversationState.LIVE);
    return id;
  }

  private List<String> atDesk(long id) {
    return hotline.twilio.conversations(id).stream()
        .flatMap(it -> it.texts().stream())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_customer_is_served_by_the_virtual_agent_and_a_live_agent_as_in_other_channels(Line line)
      throws IOException {
    long id = served(line);

    String unused = hotline.twilio.agents().write(id, "bob", "a", "which sword?");
    Eventually.holds(
        "the customer reads it", () -> hotline.shown(1).contains("Bob Agent: which sword?"));
    hotline.says(1, "the red one");
    Eventually.holds("the agent reads it", () -> atDesk(id).contains("the red one"));
    hotline.twilio.agents().end(id, "bob");
    Eventually.holds("it is over", () -> hotline.state(id) == ConversationState.CLOSED);

    assertThat(atDesk(id).get(0)).contains("my sword is gone");
    assertThat(hotline.twilio.conversations(id)).hasSize(1);
    assertThat(hotline.twilio.conversations(id).get(0).state()).isEqualTo("closed");
    assertThat(hotline.customers().conversations(line.customer(1))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_customer_rates_in_words_says_why_and_is_thanked_once_however_often_it_changes(Line line)
      throws IOException {
    boolean spanish = line.language().getLanguage().equals("es");
    String question = spanish ? "Responde con un número del 1" : "Reply with a number from 1";
    String thanks = spanish ? "Has dado " : "You gave ";
    String reasons = spanish ? "OPINIÓN rápido y amable" : "FEEDBACK rápido y amable";
    long id = served(line);
    CaseNumber number = hotline.conversation(1).supportCase().orElseThrow();
    hotline.twilio.agents().end(id, "bob");
    Eventually.holds("the question is shown", () -> shown(question).size() == 1);

    rates("4/5", number, Set.of("4"));
    Eventually.holds("the thanks are shown", () -> shown(thanks).size() == 1);
    rates("2", number, Set.of("4", "2"));
    rates(reasons, number, Set.of("4", "2", "2: rápido y amable"));
    rates("5!", number, Set.of("4", "2", "2: rápido y amable", "5"));
    assertThat(hotline.state(id)).as("nobody waits").isEqualTo(ConversationState.CLOSED);
    assertThat(hotline.isKnown(1)).as("no new conversation has begun").isFalse();

    hotline.answered(1, "where is the shop?");
    assertThat(shown(thanks))
        .as("the answer comes after all that was sent before")
        .hasSize(1)
        .first(as(InstanceOfAssertFactories.STRING))
        .contains(thanks + "4");
  }

  private void rates(String text, CaseNumber number, Set<String> ratings) {
    hotline.says(1, text);
    Eventually.holds(
        () -> text + " is in the case, which has " + ratings(number),
        () -> ratings(number).equals(ratings));
  }

  private List<String> shown(String words) {
    return hotline.shown(1).stream().filter(it -> it.contains(words)).toList();
  }

  private Set<String> ratings(CaseNumber number) {
    return hotline.store.read(queries -> queries.history(number, 100)).stream()
        .filter(change -> change.field().equals("rating"))
        .map(CaseHistoryEntry::after)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void no_message_is_duplicated_or_echoed_between_the_customers_and_the_desks_conversation(
      Line line) throws IOException {
    long id = served(line);
    String unused = hotline.twilio.agents().write(id, "bob", "a", "which sword?");
    hotline.says(1, "the red one");
    Eventually.holds(
        "the customer reads it", () -> hotline.shown(1).contains("Bob Agent: which sword?"));
    Eventually.holds("the agent reads it", () -> atDesk(id).contains("the red one"));

    hotline.twilio.agents().echoAll(id);
    hotline.customers().echoAll(line.customer(1));
    unused = hotline.twilio.agents().write(id, "bob", "b", "the last of the agent");
    hotline.says(1, "the last of the customer");

    Eventually.holds(
        "both have come",
        () -> hotline.shown(1).contains("Bob Agent: the last of the agent")
            && atDesk(id).contains("the last of the customer"));
    assertThat(new HashSet<>(hotline.shown(1))).hasSameSizeAs(hotline.shown(1));
    assertThat(new HashSet<>(atDesk(id))).hasSameSizeAs(atDesk(id));
    assertThat(hotline.received(1))
        .containsExactly(
            "my sword is gone", "agent please", "the red one", "the last of the customer");
    assertThat(hotline.twilio.conversations())
        .extracting(FakeTwilio.Seen::state)
        .hasSize(2);
  }

  @Test
  void what_was_held_by_an_opt_out_reaches_the_customer_once_they_opt_in() throws IOException {
    long id = served(Line.SMS);
    hotline.says(1, "STOP");
    Eventually.holds("the agent reads it", () -> atDesk(id).contains("STOP"));
    for (String text : List.of("m0", "m1", "m2")) {
      String unused = hotline.twilio.agents().write(id, "bob", text, text);
    }
    Eventually.holds(
        "the agent is told",
        () -> !hotline.notices(1, NoticeKind.DELIVERY_FAILED).isEmpty());

    hotline.says(1, "START");
    Eventually.holds("the agent reads it", () -> atDesk(id).contains("START"));
    String unused = hotline.twilio.agents().write(id, "bob", "back", "welcome back");

    Eventually.holds(
        "all of it is shown", () -> hotline.shown(1).contains("Bob Agent: welcome back"));
    assertThat(hotline.shown(1))
        .containsSubsequence(
            "Bob Agent: m0", "Bob Agent: m1", "Bob Agent: m2", "Bob Agent: welcome back");
  }

  @Test
  void a_message_that_Twilio_refuses_for_its_own_sake_stops_none_behind_it() throws IOException {
    long id = served(Line.SMS);
    hotline.twilio.plan(Fault.INVALID, it -> it.field("Body").orElse("").endsWith("refused"), 1);

    String unused = hotline.twilio.agents().write(id, "bob", "a", "refused");
    unused = hotline.twilio.agents().write(id, "bob", "b", "the next one");

    Eventually.holds(
        "the next one is shown", () -> hotline.shown(1).contains("Bob Agent: the next one"));
    assertThat(hotline.shown(1)).doesNotContain("Bob Agent: refused");
    Eventually.holds(
        "the agent is told",
        () -> hotline.notices(1, NoticeKind.DELIVERY_FAILED).size() == 1);
  }

  @Test
  void nothing_is_lost_while_the_account_is_refused() throws IOException {
    long id = served(Line.SMS);
    String customers =
        hotline.customers().conversations(hotline.line.customer(1)).get(0);
    hotline.twilio.plan(Fault.UNAUTHORIZED, it -> it.path().endsWith(customers + "/Messages"), 2);

    String unused = hotline.twilio.agents().write(id, "bob", "a", "one");
    unused = hotline.twilio.agents().write(id, "bob", "b", "two");

    Eventually.holds("all is shown", () -> hotline.shown(1).contains("Bob Agent: two"));
    assertThat(hotline.shown(1)).containsSubsequence("Bob Agent: one", "Bob Agent: two");
    assertThat(hotline.notices(1, NoticeKind.DELIVERY_FAILED)).isEmpty();
  }
}
