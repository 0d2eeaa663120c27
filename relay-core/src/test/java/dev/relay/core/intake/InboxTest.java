package dev.relay.core.intake;

import static dev.relay.core.intake.ScriptedIntake.ACCEPTED;
import static dev.relay.core.intake.ScriptedIntake.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Order and resubmission of events: the rules on which every channel, desk and embedding program relies. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InboxTest {
  private static final IntakeResult UNAVAILABLE = new IntakeResult.Unavailable("the store failed");

  private final ScriptedIntake intake = new ScriptedIntake();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparing(Timed::number));
  private final Inbox inbox = inbox(500, 10_000);
  private Duration now = Duration.ZERO;
  private long count;

  private record Timed(Duration at, long number, Runnable task) {}

  private Inbox inbox(int lineLimit, int limit) {
    return new Inbox(
        intake,
        tasks::add,
        (delay, task) -> timers.add(new Timed(now.plus(delay), count++, task)),
        lineLimit,
        limit);
  }

  private void settle() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  private void pass(Duration time) {
    Duration end = now.plus(time);
    settle();
    while (!timers.isEmpty() && timers.peek().at().compareTo(end) <= 0) {
      Timed next = timers.remove();
      now = next.at();
      next.task().run();
      settle();
    }
    now = end;
  }

  private CompletableFuture<IntakeResult> submit(String line, String name) {
    CompletableFuture<IntakeResult> result = inbox.submit(line, event(name));
    settle();
    return result;
  }

  private void answer(int number, IntakeResult result) {
    intake.answer(number, result);
    settle();
  }

  // Order

  @Test
  void events_of_one_line_are_submitted_one_at_a_time_in_order() {
    CompletableFuture<IntakeResult> first = submit("ada", "a1");
    CompletableFuture<IntakeResult> second = submit("ada", "a2");

    assertThat(intake.submitted).containsExactly("a1");
    assertThat(first).isNotDone();

    answer(0, ACCEPTED);
    assertThat(first).isCompletedWithValue(ACCEPTED);
    assertThat(intake.submitted).containsExactly("a1", "a2");
    assertThat(second).isNotDone();

    answer(1, ACCEPTED);
    assertThat(second).isCompletedWithValue(ACCEPTED);
    assertThat(inbox.isIdle()).isTrue();
  }

  @Test
  void different_lines_do_not_wait_for_each_other() {
    CompletableFuture<IntakeResult> adas = submit("ada", "a1");
    CompletableFuture<IntakeResult> bobs = submit("bob", "b1");

    assertThat(intake.submitted).containsExactly("a1", "b1");
    answer(1, ACCEPTED);
    assertThat(bobs).isCompletedWithValue(ACCEPTED);
    assertThat(adas).isNotDone();
  }

  @Test
  void equal_keys_name_the_same_line() {
    var unused = inbox.submit(new ConversationId(7), event("a1"));
    var unusedToo = inbox.submit(new ConversationId(7), event("a2"));
    settle();

    assertThat(intake.submitted).containsExactly("a1");
  }

  @Test
  void a_duplicate_and_a_refusal_settle_an_event_and_the_line_continues() {
    IntakeResult duplicate =
        new IntakeResult.Duplicate(((IntakeResult.Accepted) ACCEPTED).receipt());
    IntakeResult refused =
        new IntakeResult.Refused(new Refusal(Refusal.Code.CLOSED, "the conversation is closed"));
    CompletableFuture<IntakeResult> first = submit("ada", "a1");
    CompletableFuture<IntakeResult> second = submit("ada", "a2");
    CompletableFuture<IntakeResult> third = submit("ada", "a3");

    answer(0, duplicate);
    answer(1, refused);

    assertThat(first).isCompletedWithValue(duplicate);
    assertThat(second).isCompletedWithValue(refused);
    assertThat(third).isNotDone();
    assertThat(intake.submitted).containsExactly("a1", "a2", "a3");
  }

  // Resubmission

  @Test
  void an_overloaded_intake_receives_the_same_event_again_after_the_time_it_asks_for() {
    CompletableFuture<IntakeResult> result = submit("ada", "a1");
    CompletableFuture<IntakeResult> behind = submit("ada", "a2");
    answer(0, new IntakeResult.Overloaded(Duration.ofSeconds(2)));

    pass(Duration.ofMillis(1_999));
    assertThat(intake.submitted).containsExactly("a1");
    pass(Duration.ofMillis(1));
    assertThat(intake.submitted).containsExactly("a1", "a1");
    assertThat(result).isNotDone();

    answer(1, ACCEPTED);
    assertThat(result).isCompletedWithValue(ACCEPTED);
    assertThat(behind).isNotDone();
    assertThat(intake.submitted).containsExactly("a1", "a1", "a2");
  }

  @Test
  void no_pause_is_longer_than_thirty_seconds() {
    var unused = submit("ada", "a1");
    answer(0, new IntakeResult.Overloaded(Duration.ofHours(1)));

    pass(Duration.ofMillis(29_999));
    assertThat(intake.submitted).hasSize(1);
    pass(Duration.ofMillis(1));
    assertThat(intake.submitted).hasSize(2);
  }

  @Test
  void an_unavailable_intake_is_tried_again_with_back_off_for_as_long_as_it_takes() {
    CompletableFuture<IntakeResult> result = submit("ada", "a1");

    for (long millis : List.of(100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000)) {
      int before = intake.submitted.size();
      intake.answerLast(UNAVAILABLE);
      pass(Duration.ofMillis(millis - 1));
      assertThat(intake.submitted).hasSize(before);
      pass(Duration.ofMillis(1));
      assertThat(intake.submitted).hasSize(before + 1).containsOnly("a1");
    }
    assertThat(result).isNotDone();
    intake.answerLast(ACCEPTED);
    settle();
    assertThat(result).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void an_intake_that_breaks_its_promise_not_to_fail_counts_as_unavailable() {
    CompletableFuture<IntakeResult> result = submit("ada", "a1");

    intake.failLast(new IllegalStateException("broken"));
    pass(Duration.ofMillis(100));
    intake.answerLast(ACCEPTED);
    settle();

    assertThat(intake.submitted).containsExactly("a1", "a1");
    assertThat(result).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void another_line_continues_while_one_backs_off() {
    var unused = submit("ada", "a1");
    answer(0, UNAVAILABLE);

    CompletableFuture<IntakeResult> bobs = submit("bob", "b1");
    answer(1, ACCEPTED);

    assertThat(bobs).isCompletedWithValue(ACCEPTED);
  }

  // Prepared events

  @Test
  void later_events_of_the_line_wait_for_a_slow_preparation() {
    CompletableFuture<Event> copied = new CompletableFuture<>();
    CompletableFuture<IntakeResult> withFile = inbox.submit("ada", () -> copied);
    CompletableFuture<IntakeResult> next = submit("ada", "a2");
    var other = submit("bob", "b1");
    assertThat(intake.submitted).containsExactly("b1");

    copied.complete(event("a1"));
    settle();
    assertThat(intake.submitted).containsExactly("b1", "a1");
    answer(1, ACCEPTED);

    assertThat(withFile).isCompletedWithValue(ACCEPTED);
    assertThat(next).isNotDone();
    assertThat(other).isNotDone();
    assertThat(intake.submitted).containsExactly("b1", "a1", "a2");
  }

  @Test
  void
      a_preparation_begins_when_its_turn_has_come_and_is_done_once_however_often_the_event_is_submitted() {
    List<String> begun = new ArrayList<>();
    var unused = submit("ada", "a1");
    CompletableFuture<IntakeResult> second = inbox.submit("ada", () -> {
      begun.add("a2");
      return CompletableFuture.completedFuture(event("a2"));
    });
    settle();
    assertThat(begun).isEmpty();

    answer(0, ACCEPTED);
    answer(1, UNAVAILABLE);
    pass(Duration.ofSeconds(1));
    answer(2, ACCEPTED);

    assertThat(begun).containsExactly("a2");
    assertThat(intake.submitted).containsExactly("a1", "a2", "a2");
    assertThat(second).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void a_failed_preparation_is_reported_and_does_not_hold_up_the_line() {
    IllegalStateException lost = new IllegalStateException("the file is gone");
    CompletableFuture<IntakeResult> failed =
        inbox.submit("ada", () -> CompletableFuture.failedFuture(lost));
    CompletableFuture<IntakeResult> thrown = inbox.submit("ada", () -> {
      throw lost;
    });
    CompletableFuture<IntakeResult> next = submit("ada", "a3");

    assertThatThrownBy(failed::join).hasCause(lost);
    assertThatThrownBy(thrown::join).hasCause(lost);
    assertThat(intake.submitted).containsExactly("a3");
    answer(0, ACCEPTED);
    assertThat(next).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void a_turn_may_submit_several_events_and_look_at_the_results() {
    CompletableFuture<String> turn = inbox
        .inTurn(
            "ada",
            () -> inbox
                .submit(event("joined"))
                .thenCompose(joined -> inbox.submit(event("wrote")))
                .thenApply(wrote -> "done"))
        .orElseThrow();
    CompletableFuture<IntakeResult> next = submit("ada", "a2");

    answer(0, ACCEPTED);
    assertThat(intake.submitted).containsExactly("joined", "wrote");
    answer(1, UNAVAILABLE);
    pass(Duration.ofMillis(100));
    assertThat(turn).isNotDone();
    answer(2, ACCEPTED);

    assertThat(turn).isCompletedWithValue("done");
    assertThat(next).isNotDone();
    assertThat(intake.submitted).containsExactly("joined", "wrote", "wrote", "a2");
  }

  // Bounds

  @Test
  void a_full_line_turns_a_submission_away_at_once_and_other_lines_do_not_suffer() {
    Inbox small = inbox(2, 100);
    var first = small.submit("ada", event("a1"));
    var second = small.submit("ada", event("a2"));
    CompletableFuture<IntakeResult> third = small.submit("ada", event("a3"));
    CompletableFuture<IntakeResult> bobs = small.submit("bob", event("b1"));

    assertThat(third).isCompletedWithValueMatching(IntakeResult.Overloaded.class::isInstance);
    assertThat(small.inTurn("ada", () -> CompletableFuture.completedFuture(1))).isEmpty();
    assertThat(bobs).isNotDone();
    settle();
    answer(0, ACCEPTED);
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(small.submit("ada", event("a4"))).isNotDone();
  }

  @Test
  void a_full_inbox_turns_every_line_away_and_has_room_again_later() {
    Inbox small = inbox(10, 2);
    var adas = small.submit("ada", event("a1"));
    var bobs = small.submit("bob", event("b1"));

    assertThat(small.submit("eve", event("e1")))
        .isCompletedWithValueMatching(IntakeResult.Overloaded.class::isInstance);
    settle();
    answer(0, ACCEPTED);
    assertThat(adas).isCompleted();
    assertThat(bobs).isNotDone();
    assertThat(small.submit("eve", event("e1"))).isNotDone();
    assertThat(small.submit("eve", event("e2")))
        .isCompletedWithValueMatching(IntakeResult.Overloaded.class::isInstance);
  }

  // Threads

  @Test
  void nothing_is_completed_on_the_thread_that_completes_the_intakes_answer() {
    CompletableFuture<IntakeResult> first = submit("ada", "a1");
    CompletableFuture<IntakeResult> second = submit("ada", "a2");

    // This thread completes the answer, as the committer does, and must not run the dependents.
    intake.answer(0, ACCEPTED);

    assertThat(first).isNotDone();
    assertThat(intake.submitted).containsExactly("a1");
    settle();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(intake.submitted).containsExactly("a1", "a2");
  }

  @Test
  void nothing_is_submitted_on_the_timers_thread() {
    var unused = submit("ada", "a1");
    answer(0, UNAVAILABLE);

    timers.remove().task().run();

    assertThat(intake.submitted).hasSize(1);
    settle();
    assertThat(intake.submitted).hasSize(2);
  }

  @Test
  void a_hundred_thousand_immediate_completions_do_not_recurse() {
    int many = 100_000;
    ScriptedIntake immediate = new ScriptedIntake().answeringAtOnce();
    Inbox direct = new Inbox(immediate, Runnable::run, (delay, task) -> {}, many + 1, many + 1);
    CompletableFuture<Event> copied = new CompletableFuture<>();
    var first = direct.submit("ada", () -> copied);
    CompletableFuture<IntakeResult> last = first;
    for (int each = 1; each <= many; each++) {
      last = direct.submit("ada", event("a" + each));
    }
    assertThat(immediate.submitted).isEmpty();

    copied.complete(event("a0"));

    assertThat(first).isCompletedWithValue(ACCEPTED);
    assertThat(last).isCompletedWithValue(ACCEPTED);
    assertThat(immediate.submitted).hasSize(many + 1).startsWith("a0", "a1", "a2");
  }

  @Test
  void a_hundred_thousand_submissions_each_made_when_the_one_before_completes_do_not_recurse() {
    int many = 100_000;
    ScriptedIntake immediate = new ScriptedIntake().answeringAtOnce();
    Inbox direct = new Inbox(immediate, Runnable::run, (delay, task) -> {});
    CompletableFuture<Event> copied = new CompletableFuture<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    submitNext(direct, many, all, direct.submit("ada", () -> copied));

    copied.complete(event("a0"));

    assertThat(all).hasSize(many).allMatch(CompletableFuture::isDone);
    assertThat(immediate.submitted).hasSize(many + 1);
  }

  private static void submitNext(
      Inbox inbox,
      int count,
      List<CompletableFuture<?>> all,
      CompletableFuture<IntakeResult> before) {
    var unused = before.thenAccept(result -> {
      if (all.size() < count) {
        CompletableFuture<IntakeResult> next = inbox.submit("ada", event("next"));
        all.add(next);
        submitNext(inbox, count, all, next);
      }
    });
  }

  @Test
  void many_threads_at_once_keep_the_order_of_each_line() throws Exception {
    int threads = 4;
    int each = 500;
    ScriptedIntake immediate = new ScriptedIntake().answeringAtOnce();
    List<String> order = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try (Inbox busy = new Inbox(immediate, pool, (delay, task) -> {})) {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < threads; caller++) {
        String line = "line" + caller;
        calls.add(callers.submit(() -> {
          CompletableFuture<?> last = CompletableFuture.completedFuture(null);
          for (int number = 0; number < each; number++) {
            last = busy.submit(line, event(line + "-" + (1_000 + number)));
          }
          return last.join();
        }));
      }
      for (Future<?> call : calls) {
        call.get(30, TimeUnit.SECONDS);
      }
      order.addAll(immediate.submitted);
    } finally {
      callers.shutdownNow();
      pool.shutdownNow();
    }
    assertThat(order).hasSize(threads * each);
    for (int caller = 0; caller < threads; caller++) {
      String line = "line" + caller + "-";
      assertThat(order.stream().filter(it -> it.startsWith(line))).hasSize(each).isSorted();
    }
  }

  // The end

  @Test
  void after_closing_nothing_more_is_submitted() {
    inbox.close();

    assertThat(submit("ada", "a1"))
        .isCompletedWithValueMatching(IntakeResult.Unavailable.class::isInstance);
    assertThat(inbox.submit(event("a2")))
        .isCompletedWithValueMatching(IntakeResult.Unavailable.class::isInstance);
    assertThat(inbox.inTurn("ada", () -> CompletableFuture.completedFuture(1))).isEmpty();
    assertThat(inbox.intake().submit(event("a3")))
        .isCompletedWithValueMatching(IntakeResult.Unavailable.class::isInstance);
    assertThat(inbox.intake().keepPosition(new CustomerAddress(new PortId("test"), "ada"), "8"))
        .isCompletedWithValue(false);
    assertThat(intake.submitted).isEmpty();
    assertThat(intake.positionsKept()).isZero();
    assertThat(inbox.isClosed()).isTrue();
    assertThat(inbox.isIdle()).isTrue();
    inbox.close();
  }

  @Test
  void signs_of_typing_are_passed_on_until_it_is_closed() {
    Intake.Typing sign =
        new Intake.Typing.ByCustomer(new CustomerAddress(new PortId("test"), "ada"));

    inbox.intake().typing(sign);
    inbox.close();
    inbox.intake().typing(sign);

    assertThat(intake.typing).containsExactly(sign);
  }

  @Test
  void queries_still_work_after_closing() {
    inbox.close();

    assertThat(inbox.intake().positions(new PortId("test"))).hasSize(1);
    assertThat(inbox.intake().isAt(new PortId("desk"), new ConversationId(1))).isTrue();
    assertThat(inbox.intake().agentAt(new PortId("desk"), new ConversationId(1)))
        .isPresent();
  }

  @Test
  void closing_drops_what_waits_in_a_line_and_lets_the_intake_answer_what_it_has()
      throws Exception {
    CompletableFuture<IntakeResult> atTheIntake = submit("ada", "a1");
    CompletableFuture<IntakeResult> waiting = submit("ada", "a2");
    Optional<CompletableFuture<Integer>> turn =
        inbox.inTurn("ada", () -> CompletableFuture.completedFuture(1));

    inbox.close();

    assertThat(waiting).isCompletedWithValueMatching(IntakeResult.Unavailable.class::isInstance);
    assertThatThrownBy(turn.orElseThrow()::join).isInstanceOf(CancellationException.class);
    assertThat(atTheIntake).isNotDone();
    intake.answer(0, ACCEPTED);
    // The executor may have ended by now, so the future is completed elsewhere.
    assertThat(atTheIntake.get(10, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
    settle();
    assertThat(intake.submitted).containsExactly("a1");
  }

  @Test
  void closing_ends_resubmission() throws Exception {
    CompletableFuture<IntakeResult> backingOff = submit("ada", "a1");
    answer(0, UNAVAILABLE);
    CompletableFuture<IntakeResult> atTheIntake = submit("bob", "b1");

    inbox.close();
    assertThat(backingOff.get(10, TimeUnit.SECONDS)).isInstanceOf(IntakeResult.Unavailable.class);
    intake.answer(1, new IntakeResult.Overloaded(Duration.ofSeconds(1)));
    assertThat(atTheIntake.get(10, TimeUnit.SECONDS)).isInstanceOf(IntakeResult.Unavailable.class);
    pass(Duration.ofMinutes(1));

    assertThat(intake.submitted).containsExactly("a1", "b1");
  }

  @Test
  void what_is_prepared_when_the_inbox_is_closed_is_not_submitted() throws Exception {
    CompletableFuture<Event> copied = new CompletableFuture<>();
    CompletableFuture<IntakeResult> result = inbox.submit("ada", () -> copied);
    settle();

    inbox.close();
    copied.complete(event("a1"));

    assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(IntakeResult.Unavailable.class);
    assertThat(intake.submitted).isEmpty();
  }

  @Test
  void an_executor_that_has_ended_closes_the_inbox() throws Exception {
    Inbox ended = new Inbox(
        intake,
        task -> {
          throw new RejectedExecutionException();
        },
        (delay, task) -> {});

    CompletableFuture<IntakeResult> result = ended.submit("ada", event("a1"));

    assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(IntakeResult.Unavailable.class);
    assertThat(ended.isClosed()).isTrue();
    assertThat(intake.submitted).isEmpty();
  }

  @Test
  void an_inbox_without_an_engine_runs_in_shared_threads() throws Exception {
    ScriptedIntake immediate = new ScriptedIntake().answeringAtOnce();
    try (Inbox own = Inbox.of(immediate)) {
      assertThat(own.submit("ada", event("a1")).get(10, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
    }
  }

  @Test
  void an_inbox_without_an_engine_begins_no_thread_for_each_task() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (Inbox own = Inbox.of(intake)) {
      for (int task = 0; task < 200; task++) {
        var done = own.inTurn("ada", () -> {
          threads.add(Thread.currentThread());
          return CompletableFuture.completedFuture(true);
        });
        done.orElseThrow().get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(threads).hasSizeLessThan(100);
  }
}
