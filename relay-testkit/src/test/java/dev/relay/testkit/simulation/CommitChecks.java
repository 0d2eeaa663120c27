package dev.relay.testkit.simulation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks of each commit against the state before it. Used by one thread. */
final class CommitChecks {
  /** What a clock may still have to make up, and the moment that a commit takes. */
  private static final Duration LARGEST_DIFFERENCE = SteadyClock.LARGEST_SLEW.plusSeconds(30);

  private final Store store;
  private final Verdict verdict;
  private final InstantSource wall;
  private final Map<LaneKey, Lane> lanes = new HashMap<>();
  private final Map<CustomerAddress, ConversationId> open = new HashMap<>();
  private final Map<CaseNumber, Integer> remindersAllowed = new HashMap<>();
  private final List<Commit.LeftOut> leftOut = new ArrayList<>();

  CommitChecks(Store store, Verdict verdict, InstantSource wall) {
    this.store = store;
    this.verdict = verdict;
    this.wall = wall;
  }

  void committed(Commit commit) {
    leftOut.addAll(commit.leftOut);
    commit.conversations.forEach(this::checkConversation);
    commit.cases.forEach(this::checkCase);
    commit.appended.forEach(this::checkReminder);
    commit.appended.forEach(this::checkTime);
    store.read(queries -> {
      commit.touched.forEach(
          key -> queries.lane(key).ifPresent(lane -> checkLane(lane, commit.freed.contains(key))));
      commit.conversations.forEach(change -> checkHasCase(change.after().id(), queries));
      return 0;
    });
  }

  /** Returns the entries that were dropped from lanes or skipped by an operator. */
  List<Commit.LeftOut> leftOut() {
    return leftOut;
  }

  private void checkConversation(Commit.Change<Conversation> change) {
    Conversation after = change.after();
    if (change.before().isPresent()) {
      ConversationState before = change.before().get().state();
      verdict.check(
          mayFollow(before, after.state()),
          Check.TRANSITIONS_ARE_LEGAL,
          "conversation " + after.id() + " went from " + before + " to " + after.state());
    }
    ConversationId other = open.get(after.address());
    if (after.state() == ConversationState.CLOSED) {
      if (after.id().equals(other)) {
        open.remove(after.address());
      }
    } else {
      verdict.check(
          other == null || other.equals(after.id()),
          Check.ONE_OPEN_CONVERSATION_PER_ADDRESS,
          "conversation " + after.id() + " is open beside " + other);
      open.put(after.address(), after.id());
    }
  }

  private static boolean mayFollow(ConversationState before, ConversationState after) {
    return switch (before) {
      case BOT, WAITING -> true;
      case LIVE -> after != ConversationState.BOT;
      case CLOSED -> false;
    };
  }

  private void checkCase(Commit.Change<SupportCase> change) {
    SupportCase after = change.after();
    Optional<CaseStatus> before = change.before().map(SupportCase::status);
    if (before.isEmpty()) {
      // An agent who takes over opens the case and starts work on it at once.
      verdict.check(
          after.status() == CaseStatus.NEW || after.status() == CaseStatus.OPEN,
          Check.TRANSITIONS_ARE_LEGAL,
          "case " + after.number() + " began as " + after.status());
      return;
    }
    verdict.check(
        before.get() == after.status() || before.get().next().contains(after.status()),
        Check.TRANSITIONS_ARE_LEGAL,
        "case " + after.number() + " went from " + before.get() + " to " + after.status());
    verdict.check(
        before.get() != CaseStatus.CLOSED,
        Check.CASES_ARE_KEPT,
        "case " + after.number() + " was closed and changed");
    if (after.status() == CaseStatus.PENDING && before.get() != CaseStatus.PENDING) {
      remindersAllowed.merge(after.number(), 1, Integer::sum);
    }
  }

  private void checkTime(TranscriptEntry entry) {
    Duration off = Duration.between(wall.instant(), entry.at()).abs();
    verdict.check(
        off.compareTo(LARGEST_DIFFERENCE) <= 0,
        Check.TIMES_ARE_RIGHT,
        "entry " + entry.id() + " has a time that is " + off + " off");
  }

  private void checkReminder(TranscriptEntry entry) {
    if (entry.content() instanceof EntryContent.Notified notified
        && notified.notice().kind() == NoticeKind.CASE_REMINDER) {
      CaseNumber number = CaseNumber.parse(
              String.valueOf(notified.notice().arguments().get("case")))
          .orElseThrow();
      int left = remindersAllowed.merge(number, -1, Integer::sum);
      verdict.check(left >= 0, Check.CASES_ARE_KEPT, "case " + number + " was reminded of twice");
    }
  }

  private void checkHasCase(ConversationId id, Queries queries) {
    Conversation conversation = queries.conversation(id).orElseThrow();
    if (conversation.state() != ConversationState.WAITING
        && conversation.state() != ConversationState.LIVE) {
      return;
    }
    Optional<SupportCase> its = conversation.supportCase().flatMap(queries::supportCase);
    verdict.check(
        its.isPresent() && its.get().status().isUnsolved(),
        Check.CASES_ARE_KEPT,
        "conversation " + id + " is " + conversation.state() + " and its case " + its);
  }

  private void checkLane(Lane now, boolean freed) {
    LaneKey key = now.key();
    boolean waits = now.depth() > 0 && now.parkedAt().isEmpty();
    require(now.doneSequence() <= now.lastSequence(), key, "is done beyond its end");
    require(now.readyAt().isPresent() == waits, key, "waits and is never due, or the reverse");
    Lane before = lanes.put(key, now);
    if (before == null) {
      return;
    }
    require(before.epoch() <= now.epoch(), key, "went back in epochs");
    require(before.doneSequence() <= now.doneSequence(), key, "went back");
    require(before.lastSequence() <= now.lastSequence(), key, "lost its end");
    verdict.check(
        before.parkedAt().isEmpty() || now.parkedAt().isPresent() || freed,
        Check.PARKED_STAYS_PARKED,
        "lane " + key + " was parked and goes on although nobody decided so");
  }

  private void require(boolean holds, LaneKey lane, String what) {
    verdict.check(holds, Check.LANES_ARE_CONSISTENT, "lane " + lane + " " + what);
  }
}
