package dev.relay.core.engine;

import dev.relay.core.cases.CaseChange;
import dev.relay.core.cases.CaseDecision;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Feeds what is due to the engine: idle conversations, queue time-outs, resting cases; and removes what is over: marks, tokens, files. */
final class Timers {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);
  private static final int BATCH = 200;
  private static final int FORGET_BATCH = 1_000;
  /** Files that were uploaded for a message are kept so long without one. */
  private static final Duration UNSENT_FILES_FOR = Duration.ofHours(6);

  private static final int FILE_BATCH = 100;
  /** How many expired tokens a store removes in one call. */
  private static final int TOKEN_BATCH = 1_000;

  private final LaneRunner.Parts parts;
  private final Executor executor;
  private final PutAside<ConversationId> asideConversations = new PutAside<>();
  private final PutAside<CaseNumber> asideCases = new PutAside<>();
  private Instant nextHousekeeping = Instant.MIN;
  private volatile boolean stopped;

  Timers(LaneRunner.Parts parts, Executor executor) {
    this.parts = parts;
    this.executor = executor;
  }

  void start() {
    parts.scheduling().after(PERIOD, () -> executor.execute(this::look));
  }

  void stop() {
    stopped = true;
  }

  private void look() {
    if (stopped) {
      return;
    }
    try {
      Instant now = parts.clock().instant();
      Optional<Instant> next = parts.store().read(queries -> queries.nextTimer());
      if (next.isPresent() && !next.get().isAfter(now)) {
        fire(now);
      }
      if (!now.isBefore(nextHousekeeping)) {
        nextHousekeeping = now.plus(HOUSEKEEPING);
        forget(now);
        removeExpiredTokens(now);
        removeUnsentFiles(now.minus(UNSENT_FILES_FOR));
      }
    } catch (RuntimeException e) {
      parts.observer().broken("timers", e);
    } finally {
      start();
    }
  }

  private void fire(Instant now) {
    List<ConversationId> conversations = parts
        .store()
        .read(queries -> queries.conversationsDue(now, BATCH + asideConversations.size()));
    for (ConversationId id : conversations) {
      submit(
          id,
          "conversation",
          asideConversations,
          now,
          (transaction, changes) ->
              parts.applier().apply(new EngineEvent.TimerDue(id), transaction, changes));
    }
    List<CaseNumber> cases =
        parts.store().read(queries -> queries.casesDue(now, BATCH + asideCases.size()));
    for (CaseNumber number : cases) {
      submit(
          number,
          "case",
          asideCases,
          now,
          (transaction, changes) -> rest(number, transaction, changes));
    }
  }

  /** What fails stays due: it is put aside, so that the others that are due get their turn, and said by its id. */
  private <K> void submit(
      K key, String what, PutAside<K> aside, Instant now, Committer.Work<?> work) {
    if (aside.isAside(key, now)) {
      return;
    }
    parts.committer().submit(work, result -> aside.done(key), failure -> {
      aside.failed(key, now);
      if (!stopped) {
        parts.observer().broken("timer of " + what + " " + key, failure);
      }
    });
  }

  /** A case has rested long enough: a solved one is closed for good, the customer of a pending one is reminded once. */
  private boolean rest(CaseNumber number, Transaction transaction, Changes changes) {
    Instant now = parts.clock().instant();
    Optional<SupportCase> found = transaction
        .supportCase(number)
        .filter(it -> it.wakeAt().isPresent() && !now.isBefore(it.wakeAt().get()));
    if (found.isEmpty()) {
      return false;
    }
    SupportCase due = found.get();
    if (due.status() == CaseStatus.SOLVED) {
      CaseDecision decision = due.change(
          CaseChange.status(CaseStatus.CLOSED),
          Participant.RELAY,
          parts.settings().cases(),
          now);
      if (decision instanceof CaseDecision.Changed changed) {
        transaction.save(changed.next());
        transaction.addHistory(changed.history());
      }
      return true;
    }
    if (due.status() == CaseStatus.PENDING) {
      remind(due, transaction, changes, now);
    }
    transaction.save(due.wakingAt(Optional.empty()));
    return true;
  }

  private static void remind(
      SupportCase due, Transaction transaction, Changes changes, Instant now) {
    if (due.conversations().isEmpty()) {
      return;
    }
    ConversationId last = due.conversations().get(due.conversations().size() - 1);
    Optional<Conversation> conversation = transaction.conversation(last);
    if (conversation.isEmpty()) {
      return;
    }
    Notice notice = new Notice(
        NoticeKind.CASE_REMINDER,
        Map.of("case", due.number().toString(), "subject", due.subject()));
    transaction.append(
        last,
        Destination.CUSTOMER,
        Optional.of(conversation.get().address().channel()),
        new EntryContent.Notified(notice),
        Optional.empty(),
        now);
    changes.due(conversation.get().address().channel());
    changes.touched(last);
  }

  private void removeExpiredTokens(Instant now) {
    while (!stopped && parts.store().tokens().removeExpired(now) == TOKEN_BATCH) {
      // As many as one call removes were there: there may be more.
    }
  }

  private void removeUnsentFiles(Instant before) {
    Attachments attachments = parts.store().attachments();
    while (!stopped && attachments.removeUnreferenced(before, FILE_BATCH) == FILE_BATCH) {
      // As many as one call removes were there: there may be more.
    }
  }

  private void forget(Instant now) {
    Instant before = now.minus(parts.settings().seenFor());
    parts
        .committer()
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
