package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.AgentFloor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents pass a customer on, wrap up and leave in every order in which Flex does it; programs write beside them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferTest {
  private Office office;
  private AgentFloor agents;
  private long id;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
    agents = office.twilio.agents();
    id = office.served("ada", "bea");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private void isReceived(String text) {
    Eventually.holds(text, () -> office.fromAgents("ada").contains(text));
  }

  private boolean readsItsPlace() {
    return office.notices("ada").stream().anyMatch(it -> it.contains("had to leave"));
  }

  // Transfers

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void a_cold_transfer_waits_for_the_invited_agent_and_makes_no_second_task(
      boolean copiesAttributes, boolean leavesFirst) {
    agents.transferCold(
        id, "bea", copiesAttributes ? Optional.empty() : Optional.of("{}"), leavesFirst);
    office.says("ada", "still there?");
    Eventually.holds("it is delivered", () -> office.isDelivered(id, "still there?"));

    assertThat(agents.waitingTasks(id)).isEqualTo(1);
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);

    agents.accept(id, "cid");
    Eventually.holds("cid has it", () -> office.agent(id).equals("cid"));
    String unused = agents.write(id, "cid", "c", "Cid here");
    isReceived("Cid here");

    assertThat(agents.waitingTasks(id)).isZero();
    assertThat(readsItsPlace()).isFalse();
    assertThat(office.notices("ada")).anyMatch(it -> it.contains("Cid Agent"));
    assertThat(office.twilio.openInteractions()).isEqualTo(1);
  }

  @Test
  void a_cold_transfer_that_nobody_accepts_offers_the_customer_again() {
    agents.transferCold(id, "bea", Optional.of("{}"), false);
    office.says("ada", "still there?");
    Eventually.holds("it is delivered", () -> office.isDelivered(id, "still there?"));

    agents.timeOut(id);

    Eventually.holds("it is offered again", () -> agents.waitingTasks(id) == 1);
    Eventually.holds("the customer waits", () -> office.state(id) == ConversationState.WAITING);
    agents.accept(id, "dan");
    Eventually.holds("dan has it", () -> office.agent(id).equals("dan"));
  }

  @Test
  void a_cold_transfer_is_completed_after_a_restart() {
    agents.transferCold(id, "bea", Optional.of("{}"), false);
    office.says("ada", "still there?");
    Eventually.holds("it is delivered", () -> office.isDelivered(id, "still there?"));
    office.restart();

    agents.accept(id, "cid");

    Eventually.holds("cid has it", () -> office.agent(id).equals("cid"));
    assertThat(readsItsPlace()).isFalse();
  }

  @Test
  void a_cold_transfer_whose_task_vanishes_without_an_event_is_noticed() throws IOException {
    office.close();
    office = new Office(Duration.ofMillis(100));
    agents = office.twilio.agents();
    id = office.served("ada", "bea");
    agents.transferCold(id, "bea", Optional.of("{}"), false);
    office.says("ada", "still there?");
    Eventually.holds("it is delivered", () -> office.isDelivered(id, "still there?"));

    office.twilio.loseWebhooks(2);
    agents.timeOut(id);
    office.twilio.loseWebhooks(0);

    Eventually.holds("it is offered again", () -> agents.waitingTasks(id) == 1);
  }

  @Test
  void an_invited_agent_whose_acceptance_is_not_reported_takes_over_with_their_first_message() {
    agents.transferCold(id, "bea", Optional.of("{}"), false);
    office.says("ada", "still there?");
    Eventually.holds("it is delivered", () -> office.isDelivered(id, "still there?"));
    office.twilio.loseWebhooks(2);
    agents.accept(id, "cid");

    String unused = agents.write(id, "cid", "c", "Cid here");
    isReceived("Cid here");

    assertThat(office.agent(id)).isEqualTo("cid");
    assertThat(readsItsPlace()).isFalse();
  }

  @Test
  void a_warm_transfer_does_not_send_the_customer_back_to_the_queue() {
    agents.transfer(id, "bea", "cid");

    Eventually.holds("cid has it", () -> office.agent(id).equals("cid"));
    assertThat(readsItsPlace()).isFalse();
    assertThat(agents.waitingTasks(id)).isZero();
  }

  // Wrap-up

  @Test
  void a_wrap_up_with_an_open_channel_changes_nothing_until_the_end() {
    agents.wrapUp(id, "bea");
    String unused = agents.write(id, "bea", "b", "Goodbye!");
    isReceived("Goodbye!");

    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(readsItsPlace()).isFalse();
    assertThat(agents.waitingTasks(id)).isZero();

    agents.finishWrapUp(id, "bea");
    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(agents.waitingTasks(id)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "active", "inactive", "pause", "transfer", "failed"})
  void an_agent_who_leaves_a_channel_that_is_not_closed_has_not_solved_the_case(String status) {
    agents.channelBecomes(id, status);

    agents.leave(id, "bea");

    Eventually.holds("it is offered again", () -> agents.waitingTasks(id) == 1);
    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
  }

  // Programs

  @ParameterizedTest
  @ValueSource(strings = {"system", "Bot", "CH16a06e00000000000000000000000000", "queue-messages"})
  void a_program_never_joins_and_its_words_reach_the_customer_without_a_name(String author) {
    long waiting = office.waiting("eve");

    agents.programPosts(waiting, author, "All agents are busy.", "{}", true);

    Eventually.holds("eve reads it", () -> office.notices("eve").contains("All agents are busy."));
    assertThat(office.state(waiting)).isEqualTo(ConversationState.WAITING);
    assertThat(office.fromAgents("eve")).isEmpty();
    assertThat(office.notices("eve")).noneMatch(it -> it.contains("has joined"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bot", "CH16a06e00000000000000000000000000"})
  void the_words_of_a_program_beside_an_agent_are_not_the_agents(String author) {
    // By a call without a webhook: read later, as a gap.
    agents.programPosts(id, author, "Please hold", "{}", false);
    String unused = agents.write(id, "bea", "b", "Here I am");
    isReceived("Here I am");

    assertThat(office.fromAgents("ada")).containsExactly("Here I am");
    assertThat(office.notices("ada")).contains("Please hold");
    assertThat(office.agent(id)).isEqualTo("bea");
  }

  @Test
  void a_plug_ins_notification_to_agents_is_not_passed_on() {
    agents.programPosts(id, "bea", "Bea left the channel", "{\"notification\":true}", true);
    String unused = agents.write(id, "bea", "b", "Here I am");
    isReceived("Here I am");

    assertThat(office.fromAgents("ada")).containsExactly("Here I am");
    assertThat(office.notices("ada")).doesNotContain("Bea left the channel");
  }
}
