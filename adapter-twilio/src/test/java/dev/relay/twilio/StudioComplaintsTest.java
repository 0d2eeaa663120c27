package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import dev.relay.twilio.fake.StudioFault;
import dev.relay.twilio.studio.StudioTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The complaints of developers who route a custom channel by a Studio flow, and the failures of such a flow. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StudioComplaintsTest {
  /** Longer than any machine is busy: what the flow does counts, however late it is. */
  private static final StudioTimes PATIENT =
      new StudioTimes(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));

  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = Office.withStudio(PATIENT);
    twilio = office.twilio;
  }

  /** Opens an office that soon gives up waiting, for tests of a flow that never does what is waited for. */
  private void openImpatient(StudioTimes times) throws IOException {
    office.close();
    office = Office.withStudio(times);
    twilio = office.twilio;
  }

  private static StudioTimes forQuestion(long millis) {
    return new StudioTimes(Duration.ofMillis(millis), PATIENT.forReplies(), PATIENT.forTask());
  }

  private static StudioTimes forTask(long millis) {
    return new StudioTimes(PATIENT.forQuestion(), PATIENT.forReplies(), Duration.ofMillis(millis));
  }

  @AfterEach
  void close() {
    office.close();
  }

  private long answered(String customer, String text) {
    int before = office.fromVirtualAgent(customer).size();
    office.says(customer, text);
    Eventually.holds(
        "the customer is answered", () -> office.fromVirtualAgent(customer).size() > before);
    return office.conversation(customer).id().value();
  }

  private long served(String customer) {
    long id = answered(customer, "my sword is gone");
    office.asksForAgent(customer);
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);
    return id;
  }

  @Test
  void Studio_does_not_start_again_after_the_handover() {
    long id = served("ada");
    int before = twilio.flowRuns();

    String unused = twilio.agents().write(id, "bob", "a", "good day");
    office.says("ada", "hello");
    Eventually.holds("it is there", () -> office.texts(id).contains("hello"));
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("good day"));

    assertThat(twilio.conversations(id).get(0).studioHooks()).isZero();
    assertThat(twilio.flowRuns()).isEqualTo(before);
    assertThat(twilio.agents().waitingTasks(id)).isZero();
  }

  @Test
  void the_bots_answer_reaches_the_customer_and_the_agent_once() {
    long id = served("ada");

    assertThat(office.fromVirtualAgent("ada")).hasSize(1);
    assertThat(office.texts(id)).containsOnlyOnce(office.fromVirtualAgent("ada").get(0));
  }

  @Test
  void nothing_comes_back_as_an_echo() {
    long id = served("ada");

    twilio.agents().echoAll(id);
    String unused = twilio.agents().write(id, "bob", "a", "good day");

    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("good day"));
    assertThat(office.fromAgents("ada")).containsExactly("good day");
  }

  @Test
  void a_flow_that_never_runs_leaves_no_question_unanswered() throws IOException {
    openImpatient(forQuestion(300));
    twilio.studioFault(StudioFault.NEVER_RUNS);

    long unused = answered("ada", "what is this?");

    assertThat(office.fromVirtualAgent("ada")).hasSize(1);
    assertThat(office.turns).hasSize(1);
    assertThat(office.ways).containsExactly(StudioObserver.Way.NOT_ASKED);
    assertThat(office.studioHealth().ready()).isFalse();
  }

  @Test
  void a_request_that_never_arrives_is_reported_by_the_flow_and_the_bot_answers_at_once() {
    twilio.studioFault(StudioFault.HTTP_FAILS);

    long unused = answered("ada", "what is this?");

    assertThat(office.fromVirtualAgent("ada")).hasSize(1);
    assertThat(office.ways).containsExactly(StudioObserver.Way.FLOW_FAILED);
  }

  @Test
  void a_flow_that_runs_twice_answers_once() {
    twilio.studioFault(StudioFault.RUNS_TWICE);

    long unused = answered("ada", "what is this?");
    Eventually.holds("the second run is over as well", () -> twilio.isStudioIdle());
    unused = answered("ada", "and that?");

    assertThat(office.fromVirtualAgent("ada")).hasSize(2);
    assertThat(office.turns).hasSize(2);
    assertThat(office.ways).containsOnly(StudioObserver.Way.ASKED);
  }

  @Test
  void a_handover_whose_flow_runs_twice_leaves_nothing_open() {
    long id = answered("ada", "my sword is gone");
    twilio.studioFault(StudioFault.RUNS_TWICE);
    office.asksForAgent("ada");
    Eventually.holds("it is offered twice", () -> twilio.agents().waitingTasks(id) == 2);
    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);

    office.ends("ada");

    Eventually.holds("no task is left", () -> !twilio.agents().isOffered(id));
    Eventually.holds(
        "it is closed", () -> twilio.conversations(id).get(0).state().equals("closed"));
  }

  @Test
  void a_failed_Send_to_Flex_is_reported_to_the_customer_at_once_and_the_bot_continues() {
    long id = answered("ada", "my sword is gone");
    twilio.studioFault(StudioFault.SEND_TO_FLEX_FAILS);
    int before = office.notices("ada").size();

    office.asksForAgent("ada");

    Eventually.holds("the customer is told", () -> office.notices("ada").size() >= before + 2);
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    assertThat(twilio.conversations(id))
        .extracting(FakeTwilio.Seen::state)
        .containsExactly("closed");
    twilio.heal();
    long unused = answered("ada", "anybody?");
    assertThat(twilio.conversations(id)).hasSize(2);
    assertThat(twilio.agents().isOffered(id)).isFalse();
  }

  @Test
  void a_flow_that_makes_no_task_is_tried_three_times_and_then_given_up() throws IOException {
    openImpatient(forTask(300));
    long id = answered("ada", "my sword is gone");
    twilio.studioFault(StudioFault.SEND_TO_FLEX_HANGS);

    office.asksForAgent("ada");

    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    assertThat(office.texts(id).stream().filter(it -> it.startsWith("Case #"))).hasSize(3);
    assertThat(twilio.conversations(id))
        .extracting(FakeTwilio.Seen::state)
        .containsExactly("closed");
  }

  @Test
  void after_a_handover_that_Relay_gave_up_the_bot_continues_and_no_agent_is_requested() {
    office.givesUpHandoffsAtTheSecondAttempt();
    long id = answered("ada", "my sword is gone");
    twilio.plan(
        Fault.UNAVAILABLE,
        it -> it.headers().containsKey("x-twilio-webhook-enabled"),
        Integer.MAX_VALUE);
    office.asksForAgent("ada");
    Eventually.holds("it is given up", () -> office.state(id) == ConversationState.BOT);
    twilio.heal();
    office.ways.clear();

    assertThat(answered("ada", "anybody?")).isEqualTo(id);
    assertThat(answered("ada", "really nobody?")).isEqualTo(id);

    assertThat(office.ways).containsOnly(StudioObserver.Way.ASKED);
    assertThat(twilio.agents().waitingTasks(id)).isZero();
    assertThat(twilio.conversations(id)).hasSize(2);

    office.asksForAgent("ada");

    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    assertThat(twilio.agents().waitingTasks(id)).isEqualTo(1);
    assertThat(twilio.conversations(id).get(1).texts())
        .contains("anybody?")
        .anySatisfy(it -> assertThat(it).contains("my sword is gone", "What was said so far"));
  }

  @Test
  void a_task_is_found_if_its_event_gets_lost() throws IOException {
    openImpatient(forTask(900));
    long id = answered("ada", "my sword is gone");
    twilio.taskCallback("");

    office.asksForAgent("ada");

    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    Eventually.holds(
        "the flow is stopped", () -> twilio.conversations(id).get(0).studioHooks() == 0);
    assertThat(twilio.agents().waitingTasks(id)).isEqualTo(1);
  }

  @Test
  void every_question_is_answered_once_whichever_call_fails() {
    for (Fault fault : List.of(
        Fault.ACT_THEN_DROP,
        Fault.ACT_THEN_503,
        Fault.ACT_THEN_GARBLE,
        Fault.DROP,
        Fault.RATE_LIMIT,
        Fault.REFUSE,
        Fault.UNAVAILABLE)) {
      for (String step : List.of("/Conversations", "/Participants", "/Webhooks", "/Messages")) {
        String customer = fault.name().toLowerCase(Locale.ROOT).replace('_', '-')
            + step.toLowerCase(Locale.ROOT).replace('/', '-');
        twilio.plan(fault, it -> it.method().equals("POST") && it.path().endsWith(step), 1);

        long id = answered(customer, "what is this?");
        twilio.heal();
        long same = answered(customer, "and that?");

        assertThat(same).isEqualTo(id);
        assertThat(office.fromVirtualAgent(customer))
            .as("%s at %s", fault, step)
            .hasSize(2);
        assertThat(twilio.conversations(id)).as("%s at %s", fault, step).hasSize(1);
        assertThat(office.texts(id)).as("%s at %s", fault, step).doesNotHaveDuplicates();
        assertThat(twilio.conversations(id).get(0).studioHooks())
            .as("%s at %s", fault, step)
            .isEqualTo(1);
      }
    }
  }

  @Test
  void one_task_is_made_and_no_message_is_shown_twice_whichever_call_of_a_handover_fails() {
    for (Fault fault : List.of(
        Fault.ACT_THEN_DROP,
        Fault.ACT_THEN_503,
        Fault.ACT_THEN_GARBLE,
        Fault.DROP,
        Fault.UNAVAILABLE)) {
      String customer = "ada-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      long id = answered(customer, "my sword is gone");
      for (String step :
          List.of("/Participants", "/Webhooks", "/Messages", "/Conversations/CH.*")) {
        twilio.plan(fault, it -> it.method().equals("POST") && it.path().matches(".*" + step), 1);
      }

      office.asksForAgent(customer);

      Eventually.holds(fault + ": it is offered", () -> twilio.agents().isOffered(id));
      Eventually.holds(
          fault + ": the flow is stopped",
          () -> twilio.conversations(id).get(0).studioHooks() == 0);
      twilio.heal();
      assertThat(twilio.agents().waitingTasks(id)).as("tasks while %s", fault).isEqualTo(1);
      assertThat(twilio.conversations(id)).as("conversations while %s", fault).hasSize(1);
      assertThat(office.texts(id)).as("texts while %s", fault).doesNotHaveDuplicates();
      assertThat(twilio.conversations(id).get(0).webhooks()).isEqualTo(1);
    }
  }

  @Test
  void a_restart_in_the_middle_of_a_handover_makes_one_task() throws IOException {
    openImpatient(forTask(900));
    long id = answered("ada", "my sword is gone");
    twilio.studioFault(StudioFault.SEND_TO_FLEX_HANGS);
    office.asksForAgent("ada");
    Eventually.holds(
        "the flow is started",
        () -> office.texts(id).stream().anyMatch(it -> it.startsWith("Case #")));
    twilio.heal();

    office.restart();

    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    assertThat(twilio.agents().waitingTasks(id)).isEqualTo(1);
    // The attempt that was broken off may hold its lease still: the flow is stopped when an agent
    // comes, at the latest.
    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);
    Eventually.holds(
        "the flow is stopped", () -> twilio.conversations(id).get(0).studioHooks() == 0);
    assertThat(twilio.agents().waitingTasks(id)).isZero();
    assertThat(twilio.conversations(id)).hasSize(1);
    assertThat(office.texts(id)).containsOnlyOnce(office.fromVirtualAgent("ada").get(0));
  }
}
