package dev.relay.core.engine;

import static dev.relay.core.engine.Bench.BEA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Store;
import dev.relay.core.store.Store.PersonalData;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The timers of conversations and cases, and the removal of expired records. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimersTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);
  private static final Duration A_FEW_MINUTES = Duration.ofMinutes(3);
  private static final ConversationPolicy WAITS = ConversationPolicy.DEFAULT;

  private final Bench bench = new Bench();

  private CaseStatus caseStatus() {
    return bench
        .memory
        .read(queries -> queries.supportCase(new CaseNumber(1001)))
        .orElseThrow()
        .status();
  }

  private long timesNotified(String words) {
    return bench.textsToCustomers().stream()
        .filter(text -> text.contains(words))
        .count();
  }

  private void beaEnds(CaseStatus status) {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    bench.submitted(new DeskEvent.AgentEnded(new ConversationId(1), Optional.empty(), BEA, status));
  }

  @Test
  void a_customer_who_waits_too_long_is_notified_and_has_the_virtual_agent_again() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(WAITS.queueTimeout().minus(A_MOMENT));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);

    bench.time.pass(A_MOMENT.multipliedBy(2));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
    assertThat(caseStatus()).isEqualTo(CaseStatus.NEW);
    assertThat(bench.desk.shown()).last().asString().startsWith("Withdrawn");
  }

  @Test
  void a_night_in_which_the_machine_slept_counts_for_no_time_out() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.wrote("ben", "hello"));
    bench.time.pass(Duration.ofMinutes(10));

    bench.time.jump(Duration.ofHours(8));
    bench.time.pass(A_MOMENT);
    bench.submitted(bench.wrote("ada", "still there?"));
    bench.time.pass(A_MOMENT);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.seen).contains("clock jumped");

    bench.time.pass(WAITS.queueTimeout().minus(Duration.ofMinutes(11)));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    bench.time.pass(Duration.ofMinutes(2));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
  }

  @Test
  void a_clock_that_was_years_behind_closes_nothing_when_it_is_set_right() {
    bench.submitted(bench.wrote("ben", "hello"));
    beaEndsTheSecond(CaseStatus.PENDING);
    bench.time.pass(A_MOMENT);
    bench.time.jump(Duration.ofDays(6 * 365));
    bench.time.pass(A_MOMENT);

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
    assertThat(timesNotified("Do you still need help")).isZero();
    bench.time.passInLargeSteps(Duration.ofHours(24));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
    bench.time.passInLargeSteps(Duration.ofHours(25));
    assertThat(timesNotified("Do you still need help")).isEqualTo(1);
  }

  @Test
  void timers_that_were_set_by_a_clock_a_year_ahead_are_brought_back_when_it_is_set_right() {
    bench.time.pass(A_MOMENT);
    bench.time.jump(Duration.ofDays(365));
    bench.submitted(bench.wrote("ben", "hello"));
    beaEndsTheSecond(CaseStatus.PENDING);
    bench.time.jump(Duration.ofDays(-365));
    bench.time.pass(A_MOMENT);

    bench.time.passInLargeSteps(Duration.ofHours(24));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
    bench.time.passInLargeSteps(Duration.ofHours(25));
    assertThat(timesNotified("Do you still need help")).isEqualTo(1);
  }

  @Test
  void nobody_waits_for_hours_because_the_clock_was_ahead_by_hours() {
    bench.time.pass(A_MOMENT);
    bench.time.jump(Duration.ofHours(2));
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.jump(Duration.ofHours(-2));
    bench.time.pass(A_MOMENT);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);

    bench.time.pass(WAITS.queueTimeout().plus(A_MOMENT));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
  }

  @Test
  void a_question_whether_a_chat_can_be_closed_is_not_open_for_hours_longer_than_its_time() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    bench.time.pass(A_MOMENT);
    bench.time.jump(WAITS.liveIdle());
    bench.time.pass(A_MOMENT);
    bench.submitted(new DeskEvent.CloseProposed(new ConversationId(1), Optional.empty(), BEA));
    bench.time.jump(WAITS.liveIdle().negated());
    bench.time.pass(WAITS.confirmWithin().plus(A_MOMENT.multipliedBy(2)));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
  }

  @Test
  void an_engine_that_starts_after_the_clock_was_set_right_brings_timers_back() {
    bench.time.jump(Duration.ofDays(365));
    bench.submitted(bench.wrote("ben", "hello"));
    bench.engine().stop(Duration.ofMillis(1));
    bench.time.jump(Duration.ofDays(-365));
    bench.newEngine("next").start();
    bench.time.pass(Duration.ofHours(24).plus(A_MOMENT));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
  }

  @Test
  void a_timer_that_was_due_before_the_jump_is_not_postponed() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(WAITS.queueTimeout().minus(Duration.ofMillis(100)));
    bench.time.pass(Duration.ofSeconds(1));
    bench.time.jump(Duration.ofHours(8));
    bench.time.pass(A_MOMENT);

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
  }

  @Test
  void events_that_were_applied_before_a_jump_are_remembered_after_it() {
    Event hello = bench.wrote("ada", "hello");
    bench.submitted(hello);
    bench.time.pass(A_MOMENT);
    bench.time.jump(Duration.ofDays(365));
    bench.time.pass(Duration.ofHours(2));

    assertThat(bench.submitted(hello)).isInstanceOf(IntakeResult.Duplicate.class);
  }

  private void beaEndsTheSecond(CaseStatus status) {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(2, BEA));
    bench.submitted(new DeskEvent.AgentEnded(new ConversationId(2), Optional.empty(), BEA, status));
  }

  @Test
  void the_place_of_a_waiting_customer_is_brought_up_to_date_in_the_same_message() {
    for (String customer : List.of("ada", "bob", "cleo")) {
      bench.submitted(bench.asksForPerson(customer));
    }
    int messages = bench.textsToCustomers().size();
    bench.time.pass(A_FEW_MINUTES);
    assertThat(bench.editsToCustomers()).isEmpty();

    bench.submitted(bench.joined(1, BEA));
    bench.time.pass(A_FEW_MINUTES);
    bench.submitted(bench.joined(2, BEA));
    bench.time.pass(A_FEW_MINUTES);

    assertThat(places(3)).containsExactly("3", "2", "1");
    // Bob's place moved once and Cleo's twice. Two read that an agent joined; nobody got another
    // message.
    assertThat(bench.editsToCustomers()).hasSize(3);
    assertThat(bench.textsToCustomers()).hasSize(messages + 2);
  }

  private List<String> places(long conversation) {
    return bench
        .memory
        .read(queries -> queries.latestEntries(new ConversationId(conversation), 50))
        .stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Notified.class::isInstance)
        .map(content -> ((EntryContent.Notified) content).notice())
        .filter(notice -> notice.kind() == NoticeKind.QUEUE_POSITION)
        .map(notice -> notice.arguments().get("position"))
        .toList();
  }

  @Test
  void a_channel_that_cannot_edit_shows_the_place_once() {
    bench.capabilities = new Capabilities(false, false, true, true, 1_000);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.asksForPerson("bob"));
    bench.submitted(bench.joined(1, BEA));
    int messages = bench.textsToCustomers().size();

    bench.time.pass(A_FEW_MINUTES);

    assertThat(bench.textsToCustomers()).hasSize(messages);
    assertThat(bench.editsToCustomers()).isEmpty();
  }

  @Test
  void an_idle_conversation_with_the_virtual_agent_closes() {
    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(WAITS.botIdle().plus(A_MOMENT));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
  }

  @Test
  void an_idle_conversation_with_a_live_agent_closes_and_its_case_stays() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    bench.time.passInLargeSteps(Duration.ofHours(20));
    bench.submitted(bench.wrote("ada", "still there?"));
    bench.time.passInLargeSteps(Duration.ofHours(20));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);

    bench.time.pass(Duration.ofHours(4).plus(A_MOMENT));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
    assertThat(caseStatus()).isEqualTo(CaseStatus.PENDING);
  }

  @Test
  void a_solved_case_is_closed_for_good_after_the_reopen_window() {
    beaEnds(CaseStatus.SOLVED);
    bench.time.passInLargeSteps(CasePolicy.DEFAULT.reopenWindow().minus(A_MOMENT));
    assertThat(caseStatus()).isEqualTo(CaseStatus.SOLVED);

    bench.time.pass(A_MOMENT.multipliedBy(2));

    assertThat(caseStatus()).isEqualTo(CaseStatus.CLOSED);
  }

  @Test
  void the_customer_of_a_pending_case_is_reminded_once() {
    beaEnds(CaseStatus.PENDING);
    bench.time.passInLargeSteps(CasePolicy.DEFAULT.reminderAfter().plus(A_MOMENT));
    assertThat(timesNotified("#1001")).isGreaterThan(0);
    long told = bench.textsToCustomers().size();

    bench.time.passInLargeSteps(CasePolicy.DEFAULT.reminderAfter().plus(A_MOMENT));

    assertThat(bench.textsToCustomers()).hasSize((int) told);
    assertThat(caseStatus()).isEqualTo(CaseStatus.PENDING);
  }

  @Test
  void two_engines_that_see_the_same_timer_act_once() {
    Engine second = bench.newEngine("second");
    beaEnds(CaseStatus.PENDING);
    second.start();
    int before = bench.textsToCustomers().size();

    bench.time.passInLargeSteps(CasePolicy.DEFAULT.reminderAfter().plus(A_MOMENT));

    assertThat(bench.textsToCustomers()).hasSize(before + 1);
  }

  @Test
  void old_records_of_applied_events_are_removed() {
    var event = bench.wrote("ada", "hello");
    bench.submitted(event);
    bench.time.jump(Duration.ofDays(31));
    bench.time.pass(Duration.ofHours(2));

    assertThat(bench.submitted(event)).isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void failing_timers_are_reported_and_back_off_and_do_not_hold_up_the_others() {
    PoisonedStore store = new PoisonedStore(bench.memory);
    bench.store = store;
    int poisoned = 250;
    for (int each = 0; each < poisoned; each++) {
      bench.submitted(bench.wrote("poisoned-" + each, "hello"));
    }
    bench.time.pass(A_MOMENT);
    bench.submitted(bench.wrote("ada", "hello"));
    store.poisonUpTo(poisoned);

    bench.time.pass(WAITS.botIdle().plus(Duration.ofMinutes(1)));

    assertThat(bench.conversation(poisoned + 1).state()).isEqualTo(ConversationState.CLOSED);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
    assertThat(bench.seen).contains("broken timer of conversation 1");
    long told =
        bench.seen.stream().filter("broken timer of conversation 1"::equals).count();
    assertThat(told).as("after 10, 20 and 40 seconds and not each second").isLessThan(5);
  }

  @Test
  void a_file_that_was_uploaded_and_never_sent_is_removed_after_some_hours() throws Exception {
    bench.engine();
    Attachments attachments = bench.memory.attachments();
    AttachmentRef unsent = attachments.keep(
        "web:ada",
        "a.txt",
        "text/plain",
        new ByteArrayInputStream(new byte[10]),
        10,
        bench.time.instant());
    bench.time.pass(Duration.ofHours(5));
    assertThat(attachments.find(unsent.id())).isPresent();

    bench.time.pass(Duration.ofHours(3));

    assertThat(attachments.find(unsent.id())).isEmpty();
  }

  @Test
  void an_erasure_that_takes_long_to_complete_holds_up_no_timer() {
    AtomicInteger completed = new AtomicInteger();
    bench.store = erasing(completed::incrementAndGet);
    bench.time.holdBack("erasures");
    bench.submitted(bench.wrote("ada", "hello"));

    bench.time.pass(WAITS.botIdle().plus(Duration.ofMinutes(1)));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
    assertThat(completed).hasValue(0);
    bench.time.release();
    assertThat(completed).hasPositiveValue();
  }

  @Test
  void an_erasure_that_cannot_be_completed_is_reported_and_tried_again_an_hour_later() {
    bench.store = erasing(() -> {
      throw new IllegalStateException("no");
    });
    bench.engine();

    bench.time.pass(Duration.ofMinutes(90));

    assertThat(bench.seen).containsExactly("broken erasures", "broken erasures");
  }

  /** Returns a store that completes erasures so. */
  private Store erasing(IntSupplier completes) {
    PersonalData data = proxy(
        PersonalData.class,
        (proxy, method, arguments) ->
            method.getName().equals("completeErasures") ? completes.getAsInt() : null);
    return proxy(
        Store.class,
        (proxy, method, arguments) -> method.getName().equals("personalData")
            ? Optional.of(data)
            : method.invoke(bench.memory, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(TimersTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void a_stuck_committer_gets_each_timer_once() {
    for (int each = 0; each < 5; each++) {
      bench.submitted(bench.wrote("c" + each, "hello"));
    }
    bench.time.pass(WAITS.botIdle().minusSeconds(30));
    bench.time.holdBack("committer");
    bench.time.pass(Duration.ofMinutes(2));
    bench.works = 0;
    bench.time.release();

    assertThat(bench.conversationsIn(ConversationState.CLOSED)).hasSize(5);
    assertThat(bench.works).as("not five for each second").isLessThan(20);
  }
}
