package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.id.Destination;
import dev.relay.core.message.MessageBody;
import dev.relay.core.operations.Settings;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests that messages which a customer writes in one go are answered once, as one question. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BurstTest {
  private static final Duration PAUSE = Duration.ofMillis(1_500);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Bench bench = new Bench();
  private final List<Turn> turns = new ArrayList<>();

  @BeforeEach
  void answers_with_a_pause() {
    bench.settings = Settings.builder().answerPause(PAUSE).build();
    bench.robot = turn -> {
      turns.add(turn);
      return new Answer.Replied(
          List.of(MessageBody.text("answer " + turns.size())), Answer.Outcome.MISSED, 0);
    };
  }

  private void adaWrites(String id, String text) {
    bench.submitted(new CustomerEvent.CustomerWrote(
        bench.origin("ada"), Optional.of(id), MessageBody.text(text)));
  }

  private List<String> questions() {
    return turns.stream().map(Turn::text).toList();
  }

  @Test
  void thirty_first_messages_at_once_get_one_answer_to_all_their_lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      lines.add("line " + i);
      adaWrites("m" + i, "line " + i);
    }
    bench.time.pass(PAUSE.multipliedBy(5));

    assertThat(questions()).containsExactly(String.join("\n", lines));
    assertThat(bench.textsToCustomers()).containsExactly("answer 1");
    assertThat(bench.lane(1, Destination.VIRTUAL_AGENT).depth()).isZero();
  }

  @Test
  void lines_of_a_customer_who_writes_on_are_answered_after_a_pause() {
    adaWrites("a", "hello");
    bench.time.pass(Duration.ofSeconds(1));
    adaWrites("b", "my lantern");
    bench.time.pass(Duration.ofSeconds(1));
    adaWrites("c", "does not light");
    bench.time.pass(Duration.ofSeconds(1));
    assertThat(questions()).isEmpty();

    bench.time.pass(SHORT.multipliedBy(2));

    assertThat(questions()).containsExactly("hello\nmy lantern\ndoes not light");
  }

  @Test
  void a_customer_who_never_pauses_is_answered_all_the_same() {
    for (int i = 1; i <= 120; i++) {
      adaWrites("m" + i, "line " + i);
      bench.time.pass(Duration.ofSeconds(1));
    }
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(questions()).hasSize(20);
    assertThat(String.join("\n", questions()).lines()).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void a_message_after_the_answer_is_a_question_of_its_own() {
    adaWrites("a", "first");
    bench.time.pass(PAUSE.multipliedBy(2));
    adaWrites("b", "second");
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).containsExactly("first", "second");
  }

  @Test
  void the_answer_is_late_by_no_more_than_the_pause() {
    adaWrites("a", "first");
    bench.time.pass(PAUSE.plusMillis(5));

    assertThat(questions()).containsExactly("first");
  }

  @Test
  void a_burst_counts_as_one_miss() {
    adaWrites("a", "one");
    adaWrites("b", "two");
    bench.time.pass(PAUSE.multipliedBy(2));
    adaWrites("c", "three");
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(turns.stream().map(Turn::misses)).containsExactly(0, 1);
  }

  @Test
  void lines_that_are_edited_or_deleted_before_the_answer_are_asked_as_they_are_now() {
    adaWrites("a", "my password is hunter2");
    adaWrites("b", "tpyo");
    adaWrites("c", "never mind");
    bench.submitted(new CustomerEvent.CustomerDeleted(bench.origin("ada"), "a"));
    bench.submitted(new CustomerEvent.CustomerEdited(bench.origin("ada"), "b", "typo"));
    bench.submitted(new CustomerEvent.CustomerDeleted(bench.origin("ada"), "c"));
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).containsExactly("typo");
  }

  @Test
  void nothing_is_asked_if_all_lines_are_deleted() {
    adaWrites("a", "one");
    adaWrites("b", "two");
    bench.submitted(new CustomerEvent.CustomerDeleted(bench.origin("ada"), "a"));
    bench.submitted(new CustomerEvent.CustomerDeleted(bench.origin("ada"), "b"));
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).isEmpty();
    assertThat(bench.lane(1, Destination.VIRTUAL_AGENT).depth()).isZero();
  }

  @Test
  void
      a_customer_who_asks_for_a_live_agent_during_the_pause_is_not_answered_by_the_virtual_agent() {
    adaWrites("a", "hello");
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).isEmpty();
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
  }

  @Test
  void a_burst_is_asked_whole_after_a_restart_in_the_middle_of_it() {
    adaWrites("a", "one");
    adaWrites("b", "two");
    bench.engine().stop(Duration.ZERO);
    bench.newEngine("two").start();
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).containsExactly("one\ntwo");
  }

  @Test
  void a_clock_that_is_set_back_holds_up_no_answer() {
    adaWrites("a", "one");
    bench.time.jump(Duration.ofDays(-365));
    bench.time.pass(Duration.ofSeconds(5));

    assertThat(questions()).containsExactly("one");
  }

  @Test
  void
      a_message_at_the_time_of_an_answered_one_is_a_question_of_its_own_after_the_clock_was_set_back() {
    adaWrites("a", "one");
    bench.time.pass(PAUSE.multipliedBy(2));
    bench.time.jump(PAUSE.multipliedBy(-2));
    adaWrites("b", "two");
    bench.time.pass(PAUSE.multipliedBy(2));
    adaWrites("c", "three");
    bench.time.pass(PAUSE.multipliedBy(2));

    assertThat(questions()).containsExactly("one", "two", "three");
  }

  @Test
  void a_burst_while_the_virtual_agent_fails_is_asked_whole_once_it_answers() {
    var working = bench.robot;
    bench.robot = turn -> new Answer.Failed("down", Optional.empty());
    adaWrites("a", "one");
    adaWrites("b", "two");
    bench.time.pass(PAUSE);
    bench.robot = working;
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(questions()).containsExactly("one\ntwo");
  }
}
