package dev.relay.twilio;

import static dev.relay.twilio.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.twilio.fake.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MissedEndsTest {
  /** Missed ends are looked for after two rounds. */
  private static final Duration WATCH = Duration.ofMillis(200);

  @Test
  void what_an_agent_wrote_and_ended_while_relay_was_away_is_found_at_the_next_start()
      throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      eventually("ada hears fay", () -> office.heard("ada").size() == 1);

      awayWith(office);
      office.twilio.agents().write(id, "fay", "k2", "Goodbye");
      office.twilio.agents().end(id, "fay");
      backWith(office);

      eventually("it is over", () -> office.state(id) == ConversationState.CLOSED);
      eventually("all is heard", () -> office.heard("ada").equals(List.of("Hello", "Goodbye")));
      assertThat(office.twilio.openInteractions()).isZero();
    }
  }

  @Test
  void it_is_looked_for_again_where_Twilio_could_not_be_asked() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      eventually("ada hears fay", () -> office.heard("ada").size() == 1);
      awayWith(office);
      office.twilio.agents().end(id, "fay");
      office.twilio.plan(
          Fault.UNAVAILABLE,
          it -> it.query().getOrDefault("State", List.of()).contains("closed"),
          2);

      backWith(office);

      eventually("it is over", () -> office.state(id) == ConversationState.CLOSED);
    }
  }

  @Test
  void an_end_by_the_second_of_two_agents_is_found_too() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "I call Gus");
      office.twilio.agents().transfer(id, "fay", "gus");
      office.twilio.agents().write(id, "gus", "k2", "Gus here");
      eventually("ada hears gus", () -> office.heard("ada").size() == 2);

      awayWith(office);
      office.twilio.agents().end(id, "gus");
      backWith(office);

      eventually("it is over", () -> office.state(id) == ConversationState.CLOSED);
    }
  }

  @Test
  void where_no_agent_wrote_a_word_the_customer_waits_again() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");

      awayWith(office);
      office.twilio.agents().end(id, "fay");
      backWith(office);

      eventually("offered again", () -> office.twilio.agents().waitingTasks(id) == 1);
      assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
      assertThat(office.twilio.conversations(id)).hasSize(2);
    }
  }

  @Test
  void an_end_that_relay_has_heard_of_is_not_told_again_after_a_restart() throws Exception {
    try (Office office = new Office(WATCH)) {
      long id = office.served("ada", "fay");
      office.twilio.agents().write(id, "fay", "k1", "Hello");
      office.twilio.agents().end(id, "fay");
      eventually("it is over", () -> office.state(id) == ConversationState.CLOSED);
      office.asksForPerson("ada");
      long next = office.conversation("ada").id().value();
      eventually("offered", () -> office.twilio.agents().isOffered(next));
      List<String> told = office.told("ada");

      office.restart();
      office.twilio.agents().accept(next, "gus");

      eventually("gus is in", () -> office.state(next) == ConversationState.LIVE);
      assertThat(office.heard("ada")).containsExactly("Hello");
      assertThat(office.told("ada")).startsWith(told.toArray(String[]::new));
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
