package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MissedEndsTest {
  /** Missed ends are looked for after two rounds. */
  private static final Duration WATCH = Duration.ofMillis(200);

  @Test
  void an_agents_message_and_end_while_Relay_was_stopped_are_found_at_the_next_start()
      throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      Eventually.holds("ada hears fay", () -> office.fromAgents("ada").size() == 1);

      awayWith(office);
      office.twilio.agents().write(id, "fay", "k2", "Goodbye");
      office.twilio.agents().end(id, "fay");
      backWith(office);

      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
      Eventually.holds(
          "all is heard", () -> office.fromAgents("ada").equals(List.of("Hello", "Goodbye")));
      assertThat(office.twilio.openInteractions()).isZero();
    }
  }

  @Test
  void the_search_is_repeated_if_Twilio_was_unavailable() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      Eventually.holds("ada hears fay", () -> office.fromAgents("ada").size() == 1);
      awayWith(office);
      office.twilio.agents().end(id, "fay");
      office.twilio.plan(
          Fault.UNAVAILABLE,
          it -> it.query().getOrDefault("State", List.of()).contains("closed"),
          2);

      backWith(office);

      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    }
  }

  /** What reaches the restarted Relay before it looks for missed ends, and finds the conversation closed. */
  private enum First {
    /** Twilio reports a message of the agent once more. */
    MESSAGE,
    /** Twilio reports late that the agent accepted. */
    ACCEPTANCE,
    /** The customer changes a message. */
    EDIT
  }

  @ParameterizedTest
  @EnumSource
  void an_end_is_found_although_something_else_finds_the_conversation_closed_first(First first)
      throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      String question = office.says("ada", "my shield, too");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      Eventually.holds("fay has the question", () -> office.isDelivered(id, "my shield, too"));
      Eventually.holds("ada hears fay", () -> office.fromAgents("ada").size() == 1);
      awayWith(office);
      office.twilio.agents().end(id, "fay");
      office.twilio.holdCalls(it -> it.query().getOrDefault("State", List.of()).contains("closed"));
      backWith(office);
      Predicate<ApiRequest> looksFor =
          it -> it.path().endsWith("/Conversations/relay-" + id + "-1");
      long before = office.twilio.requests().stream().filter(looksFor).count();

      switch (first) {
        case MESSAGE -> office.twilio.agents().write(id, "fay", "k1", "Hello");
        case ACCEPTANCE -> office.twilio.agents().repeatsAcceptance(id, "fay");
        case EDIT -> office.edits("ada", question, "my shield as well");
      }
      Eventually.holds(
          "the conversation is found closed",
          () -> office.twilio.requests().stream().filter(looksFor).count() > before);
      office.twilio.releaseCalls();

      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
      assertThat(office.fromAgents("ada")).containsExactly("Hello");
    }
  }

  @Test
  void an_end_by_the_second_of_two_agents_is_found_as_well() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "I call Gus");
      office.twilio.agents().transfer(id, "fay", "gus");
      office.twilio.agents().write(id, "gus", "k2", "Gus here");
      Eventually.holds("ada hears gus", () -> office.fromAgents("ada").size() == 2);

      awayWith(office);
      office.twilio.agents().end(id, "gus");
      backWith(office);

      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    }
  }

  @Test
  void the_customer_waits_again_if_no_agent_wrote() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");

      awayWith(office);
      office.twilio.agents().end(id, "fay");
      backWith(office);

      Eventually.holds("offered again", () -> office.twilio.agents().waitingTasks(id) == 1);
      assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
      assertThat(office.twilio.conversations(id)).hasSize(2);
    }
  }

  @Test
  void a_known_end_is_not_reported_again_after_a_restart() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      office.twilio.agents().end(id, "fay");
      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
      office.asksForAgent("ada");
      long next = office.conversation("ada").id().value();
      Eventually.holds("offered", () -> office.twilio.agents().isOffered(next));
      List<String> told = office.notices("ada");

      office.restart();
      office.twilio.agents().accept(next, "gus");

      Eventually.holds("gus is in", () -> office.state(next) == ConversationState.LIVE);
      assertThat(office.fromAgents("ada")).containsExactly("Hello");
      assertThat(office.notices("ada")).startsWith(told.toArray(String[]::new));
      assertThat(office.state(id)).isEqualTo(ConversationState.CLOSED);
    }
  }

  private static void awayWith(Office office) {
    office.stop();
    office.twilio.loseWebhooks(Integer.MAX_VALUE);
  }

  private static void backWith(Office office) {
    office.twilio.loseWebhooks(0);
    office.start();
  }
}
