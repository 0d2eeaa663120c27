package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.intake.Inbox;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Nothing stays open at Twilio for ever, and no customer waits for what Twilio has closed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationTest {
  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = new Office(Duration.ofMillis(20));
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    office.close();
  }

  private static boolean isClosing(ApiRequest request) {
    return request.method().equals("POST")
        && (request.field("State").isPresent() || request.field("Status").isPresent());
  }

  private void isAllClosed(long id) {
    Eventually.holds(
        "nothing stays open",
        () -> twilio.conversations(id).stream().allMatch(it -> it.state().equals("closed")));
    assertThat(twilio.agents().isOffered(id)).isFalse();
  }

  private long sweeps() {
    return twilio.requests().stream()
        .filter(it -> it.query().getOrDefault("State", List.of()).contains("active"))
        .count();
  }

  private void afterSweeps() {
    long before = sweeps();
    Eventually.holds("it was looked at four times", () -> sweeps() >= before + 4);
  }

  @Test
  void a_failed_close_is_retried() {
    long id = office.waiting("ada");
    twilio.plan(Fault.UNAVAILABLE, ReconciliationTest::isClosing, 3);

    twilio.agents().cancel(id);

    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    isAllClosed(id);
  }

  @Test
  void conversations_left_open_by_a_stop_are_closed_after_the_start() {
    long id = office.waiting("ada");
    twilio.plan(Fault.UNAVAILABLE, ReconciliationTest::isClosing, Integer.MAX_VALUE);
    twilio.agents().cancel(id);
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    office.stop();
    twilio.heal();
    assertThat(twilio.conversations(id)).extracting(FakeTwilio.Seen::state).contains("active");

    office.start();

    isAllClosed(id);
  }

  @Test
  void a_handoff_that_was_given_up_halfway_is_closed() {
    twilio.plan(Fault.REFUSE, it -> it.path().endsWith("/Interactions"), 1);
    office.says("ada", "my sword is gone");
    office.asksForAgent("ada");
    long id = office.conversation("ada").id().value();
    Eventually.holds("the customer is told", () -> office.state(id) == ConversationState.BOT);

    isAllClosed(id);
  }

  @Test
  void an_older_conversation_that_was_left_open_is_closed_and_the_newest_stays() {
    long id = office.served("ada", "bob");
    twilio.plan(Fault.UNAVAILABLE, ReconciliationTest::isClosing, Integer.MAX_VALUE);
    twilio.agents().cancel(id);
    Eventually.holds("it is offered again", () -> twilio.conversations(id).size() == 2);
    office.stop();
    twilio.heal();

    office.start();

    Eventually.holds(
        "the older is closed", () -> twilio.conversations(id).get(0).state().equals("closed"));
    afterSweeps();
    assertThat(twilio.conversations(id))
        .extracting(FakeTwilio.Seen::state)
        .containsExactly("closed", "active");
    twilio.agents().accept(id, "eve");
    Eventually.holds("the next agent is in", () -> office.state(id) == ConversationState.LIVE);
  }

  @Test
  void waiting_and_live_conversations_stay_open_after_a_restart() {
    long waiting = office.waiting("ada");
    long served = office.served("lin", "bob");
    office.restart();

    afterSweeps();

    assertThat(twilio.conversations())
        .extracting(FakeTwilio.Seen::state)
        .containsExactly("active", "active");
    assertThat(office.state(waiting)).isEqualTo(ConversationState.WAITING);
    assertThat(office.state(served)).isEqualTo(ConversationState.LIVE);
  }

  @Test
  void conversations_with_the_virtual_agent_and_of_another_Relay_stay_open() {
    twilio.open("relay-901-1", "{\"relay\":{\"route\":\"virtual_agent\"}}", "");
    twilio.open(
        "relay-902-1", "{}", "https://other.example/webhooks/twilio/conversations?conversation=x");
    twilio.open("somebody-elses", "{}", "");
    twilio.open("relay-903-1", "{}", "");

    Eventually.holds(
        "ours is closed", () -> twilio.conversations(903).get(0).state().equals("closed"));
    afterSweeps();

    assertThat(twilio.conversations())
        .extracting(FakeTwilio.Seen::state)
        .containsExactly("active", "active", "active", "closed");
  }

  @Test
  void a_customer_does_not_wait_for_a_conversation_that_Twilio_closed_without_notice() {
    long id = office.waiting("ada");

    twilio.closeByTimer(id, false);

    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    Eventually.holds("the customer is told", () -> office.reads("ada", "stays open"));
  }

  @Test
  void a_customer_does_not_wait_for_a_task_that_was_cancelled_without_notice() {
    long id = office.waiting("ada");

    twilio.loseWebhooks(1);
    twilio.agents().cancel(id);

    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    isAllClosed(id);
  }

  @Test
  void a_conversation_closed_while_Relay_was_stopped_is_offered_again() {
    long id = office.served("ada", "bob");
    office.stop();
    twilio.closeByTimer(id, false);

    office.start();

    Eventually.holds("it is offered again", () -> twilio.conversations(id).size() == 2);
    Eventually.holds("it waits for an agent", () -> twilio.agents().waitingTasks(id) == 1);
  }

  @Test
  void a_conversation_deleted_at_Twilio_is_offered_again() {
    long id = office.served("ada", "bob");

    twilio.delete(id);

    Eventually.holds("it is offered again", () -> twilio.agents().waitingTasks(id) == 1);
    assertThat(office.notices("ada")).anyMatch(it -> it.contains("Bob Agent"));
  }

  @Test
  void a_handoff_is_made_once_even_if_open_conversations_cannot_be_listed() {
    twilio.plan(Fault.UNAVAILABLE, it -> it.query().containsKey("State"), 20);

    long id = office.served("ada", "bob");
    afterSweeps();

    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(twilio.conversations(id)).hasSize(1);
  }

  @Test
  void two_instances_on_one_store_do_not_disturb_each_other() {
    TwilioAccount account = new TwilioAccount(
        TestSettings.of(twilio.baseUrl(), office.door.publicUrl(), Duration.ofMillis(20)),
        InstantSource.system());
    AgentDesk other = account.desk();
    other.start(Inbox.of(office.relay().intake()));
    try {
      long served = office.served("ada", "bob");
      long closed = office.waiting("lin");
      Eventually.holds("the place is told", () -> !office.notices("lin").isEmpty());
      int told = office.notices("lin").size();
      twilio.closeByTimer(closed, false);

      Eventually.holds(
          "the virtual agent goes on", () -> office.state(closed) == ConversationState.BOT);
      afterSweeps();
      afterSweeps();

      assertThat(office.state(served)).isEqualTo(ConversationState.LIVE);
      assertThat(twilio.conversations(served))
          .extracting(FakeTwilio.Seen::state)
          .containsExactly("active");
      assertThat(office.notices("lin")).hasSize(told + 1);
      assertThat(office.state(closed)).isEqualTo(ConversationState.BOT);
    } finally {
      other.stop();
    }
  }
}
