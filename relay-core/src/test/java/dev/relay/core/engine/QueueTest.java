package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests of the order in which customers wait, and of the queue that they wait in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueTest {
  private static final QueueName BILLING = new QueueName("billing");

  private final Bench bench = new Bench();

  private void ask(String... customers) {
    for (String customer : customers) {
      bench.submitted(bench.asksForPerson(customer));
      bench.time.pass(Duration.ofSeconds(1));
    }
  }

  private CaseResult change(long number, CaseChange change) {
    var result = bench
        .engine()
        .services()
        .cases()
        .change(new CaseNumber(number), change, Bench.BEA, OptionalLong.empty());
    bench.time.settle();
    return result.join();
  }

  private CaseResult move(long number, QueueName queue) {
    return change(
        number,
        new CaseChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(queue),
            Optional.empty()));
  }

  private List<Long> waiting() {
    return bench.memory.read(queries -> queries.waiting(Optional.empty(), 10)).stream()
        .map(it -> it.id().value())
        .toList();
  }

  private Optional<Integer> place(long conversation) {
    return bench.memory.read(queries -> queries.queuePosition(new ConversationId(conversation)));
  }

  @Test
  void urgent_customers_come_first_and_others_in_the_order_of_their_waiting() {
    ask("ada", "bob", "cleo", "dan");
    change(1003, CaseChange.none().withPriority(CasePriority.URGENT));
    change(1001, CaseChange.none().withPriority(CasePriority.LOW));
    change(1004, CaseChange.none().withPriority(CasePriority.HIGH));

    assertThat(waiting()).containsExactly(3L, 4L, 2L, 1L);
    assertThat(place(3)).contains(1);
    assertThat(place(1)).contains(4);

    change(1003, CaseChange.none().withPriority(CasePriority.NORMAL));
    assertThat(waiting()).containsExactly(4L, 2L, 3L, 1L);
  }

  @Test
  void a_customer_who_is_returned_to_the_queue_has_their_old_place() {
    ask("ada", "bob", "cleo");
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.time.pass(Duration.ofMinutes(5));
    bench.submitted(new DeskEvent.AgentLeft(new ConversationId(1), Optional.empty(), Bench.BEA));

    assertThat(waiting()).containsExactly(1L, 2L, 3L);
    assertThat(bench.textsToCustomers())
        .last()
        .isEqualTo("Bea had to leave. You're number 1 in line again; nothing you wrote is lost.");
  }

  @Test
  void moving_the_case_moves_the_waiting_chat_to_the_desk_of_the_other_queue() {
    bench.settings = Settings.builder().desk(BILLING, Bench.OTHER_DESK).build();
    ask("ada");
    Conversation before = bench.conversation(1);
    bench.time.pass(Duration.ofMinutes(1));

    assertThat(move(1001, BILLING)).isInstanceOf(CaseResult.Saved.class);

    Handling.Waiting waiting = (Handling.Waiting) bench.conversation(1).handling();
    assertThat(waiting.queue()).isEqualTo(BILLING);
    assertThat(waiting.desk()).isEqualTo(Bench.OTHER_DESK);
    assertThat(waiting.since()).isEqualTo(((Handling.Waiting) before.handling()).since());
    assertThat(bench.otherDesk.shown())
        .last()
        .isInstanceOfSatisfying(
            DeskOutbound.Handoff.class, it -> assertThat(it.queue()).isEqualTo(BILLING));
  }

  @Test
  void moving_the_case_of_a_live_chat_counts_when_its_agent_leaves() {
    bench.settings = Settings.builder().queue(BILLING).build();
    ask("ada");
    bench.submitted(bench.joined(1, Bench.BEA));
    move(1001, BILLING);
    bench.submitted(new DeskEvent.AgentLeft(new ConversationId(1), Optional.empty(), Bench.BEA));

    assertThat(((Handling.Waiting) bench.conversation(1).handling()).queue()).isEqualTo(BILLING);
  }

  @Test
  void a_queue_that_is_not_configured_is_refused_with_the_names_of_those_that_are() {
    bench.settings = Settings.builder().queue(BILLING).build();
    ask("ada");

    assertThat(move(1001, new QueueName("biling")))
        .isEqualTo(new CaseResult.Refused(
            "queue", "queue \"biling\" does not exist (known: [billing, default])"));
    assertThat(bench.settings.queues()).isEqualTo(Set.of(BILLING, QueueName.DEFAULT));
  }
}
