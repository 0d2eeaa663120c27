package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.engine.commit.ClockJumps;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The timers of the engine: submits the timers of conversations and cases when they are due, follows the places in the queue, removes
 * what has expired, namely records of applied events, tokens, and files that were never sent, and completes interrupted erasures.
 */
final class Timers {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);
  private static final int BATCH = 200;
  private static final int FORGET_BATCH = 1_000;
  /** As many as a query returns: among them may be cases that somebody has put aside, which stay. */
  private static final int MOST_CASES_AHEAD = 1_000;
  /** The time after which a file that was uploaded but never sent is removed. */
  private static final Duration UNSENT_FILES_FOR = Duration.ofHours(6);

  private static final int FILE_BATCH = 100;
  /** The conversations in which a customer waits for, or talks to, a live agent. */
  private static final ConversationFilter SERVED = new ConversationFilter(
      Set.of(ConversationState.WAITING, ConversationState.LIVE),
      Optional.empty(),
      Optional.empty(),
      false);

  private final EngineCore core;
  private final Team.Teams teams;
  private final Executor executor;
  private final Executor erasures;
  private final BackedOff<ConversationId> backedOffConversations = new BackedOff<>();
  private final BackedOff<CaseNumber> backedOffCases = new BackedOff<>();
  private final BackedOff<Long> backedOffMessages = new BackedOff<>();
  private final BackedOff<Long> backedOffAnnouncements = new BackedOff<>();
  private final ClockJumps jumps = new ClockJumps();
  private final QueuePlaces places;
  private final Assignments assignments;
  private final Absences absences;
  private final DeskOutages outages;
  private final Reachability reachability;
  private Instant nextHousekeeping = Instant.MIN;
  /** The timers that the committer has not applied yet. No further ones are submitted before: a stuck committer gets them once. */
  private final AtomicInteger submitted = new AtomicInteger();

  private volatile boolean stopped;

  Timers(
      EngineCore core,
      Team.Teams teams,
      Executor executor,
      DeskOutages outages,
      Reachability reachability) {
    this.teams = teams;
    this.core = core;
    this.executor = executor;
    this.erasures = core.scheduling().executor("erasures", 1);
    this.places = new QueuePlaces(core);
    this.assignments = new Assignments(core);
    this.absences = new Absences(core);
    this.outages = outages;
    this.reachability = reachability;
  }

  void start() {
    core.scheduling().after(PERIOD, () -> executor.execute(this::check));
  }

  void stop() {
    stopped = true;
  }

  private void check() {
    if (stopped) {
      return;
    }
    try {
      Instant now = core.now();
      jumps.check(now).ifPresent(by -> jumped(by, now));
      Optional<Instant> next = core.store().read(queries -> queries.nextTimer());
      if (next.isPresent() && !next.get().isAfter(now) && submitted.get() == 0) {
        fire(now);
      }
      places.check(now);
      settleDepartures();
      assignments.check();
      absences.check(jumps, now);
      outages.check(jumps);
      if (!now.isBefore(nextHousekeeping)) {
        nextHousekeeping = now.plus(HOUSEKEEPING);
        bringBack(now);
        forget(now);
        core.store().personalData().ifPresent(data -> erasures.execute(() -> complete(data)));
        removeUnsentFiles(jumps.ago(UNSENT_FILES_FOR, now));
      }
      core.observer().checked();
    } catch (RuntimeException e) {
      core.observer().checkFailed("timers", e);
    } finally {
      start();
    }
  }

  /**
   * Completes erasures that the end of a process interrupted, so that nobody need remember them. In a thread of its own: it may take minutes,
   * for which no timer should wait.
   */
  private void complete(Store.PersonalData data) {
    try {
      var unused = data.completeErasures();
    } catch (RuntimeException e) {
      if (!stopped) {
        core.observer().checkFailed("erasures", e);
      }
    }
  }

  private void settleDepartures() {
    core.store().read(queries -> queries.unsettledMembers()).forEach(member -> {
      var unused = teams.release(member.id());
    });
  }

  private void jumped(Duration by, Instant now) {
    if (by.isNegative()) {
      nextHousekeeping = now;
    }
    core.observer().clockJumped(by);
  }

  private void fire(Instant now) {
    List<ConversationId> conversations = core.store()
        .read(queries -> queries.conversationsDue(now, BATCH + backedOffConversations.size()));
    for (ConversationId id : conversations) {
      submit(
          id,
          "conversation",
          backedOffConversations,
          now,
          (transaction, changes) ->
              core.applier().apply(timer(id, transaction), transaction, changes));
    }
    List<CaseNumber> cases =
        core.store().read(queries -> queries.casesDue(now, BATCH + backedOffCases.size()));
    for (CaseNumber number : cases) {
      submit(
          number,
          "case",
          backedOffCases,
          now,
          (transaction, changes) ->
              core.applier().applyCaseTimer(number, jumps, transaction, changes));
    }
    writeScheduled(now);
    for (long id : core.store()
        .read(queries -> queries.announcementsDue(now, BATCH + backedOffAnnouncements.size()))) {
      submit(
          id,
          "planned announcement",
          backedOffAnnouncements,
          now,
          (transaction, changes) -> core.applier().applyPlanned(id, transaction, changes));
    }
  }

  /** Writes the planned messages whose time has come. The channels are asked before the transaction whether they can. */
  private void writeScheduled(Instant now) {
    List<Long> due =
        core.store().read(queries -> queries.scheduledDue(now, BATCH + backedOffMessages.size()));
    for (long id : due) {
      Optional<Refusal> obstacle = core.store()
          .read(queries -> queries.scheduled(id))
          .flatMap(it -> reachability.obstacle(it.message().conversation()));
      submit(
          id,
          "planned message",
          backedOffMessages,
          now,
          (transaction, changes) ->
              core.applier().applyScheduled(id, obstacle, transaction, changes));
    }
  }

  /** Submits the timers that are further ahead than any time limit: they were set while the clock was ahead, before a restart too. */
  private void bringBack(Instant now) {
    Instant farthest = now.plus(core.settings().conversations().longest());
    core.store()
        .read(queries -> queries.conversationsAhead(farthest, BATCH))
        .forEach(id -> bringBack(id, now));
    bringBackServed(now);
    Instant farthestOfCases = now.plus(core.settings().cases().longest());
    for (CaseNumber number :
        core.store().read(queries -> queries.casesAhead(farthestOfCases, MOST_CASES_AHEAD))) {
      submit(
          number,
          "case",
          backedOffCases,
          now,
          (transaction, changes) ->
              core.applier().applyCaseTimer(number, jumps, transaction, changes));
    }
  }

  /**
   * Submits the timers of customers who wait or talk to an agent if they are further ahead than the limit of that state, which may be much
   * shorter than the longest one: nobody waits for hours because the clock was ahead by hours.
   */
  private void bringBackServed(Instant now) {
    Optional<ConversationId> after = Optional.empty();
    do {
      Optional<ConversationId> from = after;
      List<Conversation> page =
          core.store().read(queries -> queries.conversations(SERVED, from, BATCH));
      page.stream()
          .filter(it -> core.settings().conversations().isTimerAhead(it, now))
          .forEach(it -> bringBack(it.id(), now));
      after = page.size() < BATCH
          ? Optional.empty()
          : Optional.of(page.get(page.size() - 1).id());
    } while (after.isPresent());
  }

  private void bringBack(ConversationId id, Instant now) {
    submit(
        id,
        "conversation",
        backedOffConversations,
        now,
        (transaction, changes) ->
            core.applier().apply(new EngineEvent.TimerDue(id), transaction, changes));
  }

  /** Returns the event of a due timer: a timer that only a jump of the clock has made due is postponed by the jump's length. */
  private EngineEvent timer(ConversationId id, Queries queries) {
    return queries
        .conversation(id)
        .flatMap(Conversation::wakeAt)
        .flatMap(jumps::over)
        .<EngineEvent>map(by -> new EngineEvent.TimerPostponed(id, by))
        .orElseGet(() -> new EngineEvent.TimerDue(id));
  }

  /** Submits one timer. A timer that fails stays due: it is reported with its id and backed off, so that the others get their turn. */
  private <K> void submit(
      K key, String kind, BackedOff<K> backedOff, Instant now, Committer.Work<?> work) {
    if (backedOff.contains(key, now)) {
      return;
    }
    submitted.incrementAndGet();
    core.committer()
        .submit(
            work,
            result -> {
              submitted.decrementAndGet();
              backedOff.succeeded(key);
            },
            failure -> {
              submitted.decrementAndGet();
              backedOff.failed(key, now);
              if (!stopped) {
                core.observer().broken("timer of " + kind + " " + key, failure);
              }
            });
  }

  private void removeUnsentFiles(Instant before) {
    Attachments attachments = core.store().attachments();
    while (!stopped && attachments.removeUnreferenced(before, FILE_BATCH) == FILE_BATCH) {
      // A full batch was removed: there may be more.
    }
  }

  private void forget(Instant now) {
    Instant before = jumps.ago(core.settings().seenFor(), now);
    core.committer()
        .submit(
            (transaction, changes) -> transaction.forgetSeen(before, FORGET_BATCH),
            forgotten -> {
              if (forgotten == FORGET_BATCH && !stopped) {
                forget(now);
              }
            },
            failure -> {});
  }
}
