package dev.relay.testkit.simulation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.Settings;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks of each commit against the state before it. Used by one thread. */
final class CommitChecks {
  /** What a clock may still have to make up, and the moment that a commit takes. */
  private static final Duration LARGEST_DIFFERENCE = SteadyClock.LARGEST_SLEW.plusSeconds(30);

  /** The turn that docs/architecture.md grants a lane while others are due. */
  private static final int MOST_ENTRIES = 8;

  private static final Duration LONGEST_TURN = Duration.ofMillis(250);

  private final Store store;
  private final Verdict verdict;
  private final TeamChecks team;
  private final InstantSource wall;
  private final Map<LaneKey, Lane> lanes = new HashMap<>();
  private final Map<CustomerAddress, ConversationId> open = new HashMap<>();
  private final Map<CaseNumber, Integer> remindersAllowed = new HashMap<>();
  private final Map<CaseNumber, Map<NoticeKind, Integer>> newsAllowed = new HashMap<>();
  private final List<Commit.LeftOut> leftOut = new ArrayList<>();
  private final Map<LaneKey, Turn> turns = new HashMap<>();
  private final Set<LaneKey> everParked = new HashSet<>();

  private record Turn(Instant begun, int entries) {
    Turn next() {
      return new Turn(begun, entries + 1);
    }
  }

  CommitChecks(Store store, Verdict verdict, InstantSource wall) {
    this.store = store;
    this.verdict = verdict;
    this.team = new TeamChecks(verdict);
    this.wall = wall;
  }

  void committed(Commit commit) {
    leftOut.addAll(commit.leftOut);
    commit.conversations.forEach(this::checkConversation);
    commit.cases.forEach(this::checkCase);
    store.read(queries -> {
      for (int place = 0; place < commit.cases.size(); place++) {
        checkMerge(
            commit.cases.get(place), commit.cases.subList(place + 1, commit.cases.size()), queries);
      }
      return 0;
    });
    commit.appended.forEach(this::checkReminder);
    checkNews(commit);
    commit.appended.forEach(this::checkTime);
    commit.appended.forEach(this::checkInternal);
    store.read(queries -> {
      team.check(commit, queries);
      return 0;
    });
    store.read(queries -> {
      checkTurns(commit);
      checkShares(commit, queries);
      commit.appended.forEach(entry -> checkReceived(entry, queries));
      commit.appended.forEach(entry -> checkSilence(entry, queries));
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

  /** Returns the lanes that were parked at some time. */
  Set<LaneKey> everParked() {
    return everParked;
  }

  private record Slot(CustomerAddress address, Destination destination, PortId port) {}

  /** An address with two slots of one claim could as well have all of them. */
  private void checkShares(Commit commit, Queries queries) {
    Map<Slot, LaneKey> slots = new HashMap<>();
    for (LaneKey lane : commit.claimed.keySet()) {
      if (lane.destination() != Destination.DESK
          && lane.destination() != Destination.VIRTUAL_AGENT) {
        continue;
      }
      Slot slot = new Slot(
          queries.conversation(lane.conversation()).orElseThrow().address(),
          lane.destination(),
          queries.lane(lane).orElseThrow().port());
      LaneKey other = slots.put(slot, lane);
      verdict.check(
          other == null,
          Check.ADDRESSES_SHARE_THE_SLOTS,
          "lanes " + other + " and " + lane + " of one address were claimed together");
    }
  }

  /** A lane whose owner keeps it after its turn, although another lane of the port can be claimed, starves that one. */
  private void checkTurns(Commit commit) {
    commit.released.forEach(turns::remove);
    commit.claimed.forEach((lane, at) -> turns.put(lane, new Turn(at, 1)));
    commit.kept.forEach((key, keeping) -> {
      Turn turn = turns.computeIfPresent(key, (lane, before) -> before.next());
      boolean isOver = turn != null
          && (turn.entries() > MOST_ENTRIES
              || Duration.between(turn.begun(), keeping.at()).compareTo(LONGEST_TURN) >= 0);
      verdict.check(
          !isOver || !keeping.isAnotherDue(),
          Check.LANES_TAKE_TURNS,
          "lane " + key + " was kept at " + keeping.at() + " while another was due: " + turn);
    });
  }

  /** The customer who writes can be reached again: whatever was parked before is tried. */
  private void checkReceived(TranscriptEntry entry, Queries queries) {
    if (!(entry.content() instanceof EntryContent.Said said)
        || said.author().role() != Participant.Role.CUSTOMER) {
      return;
    }
    queries
        .lane(new LaneKey(entry.conversation(), Destination.CUSTOMER))
        .flatMap(Lane::parkedAt)
        .ifPresent(parked -> verdict.check(
            !parked.isBefore(entry.at()),
            Check.NEW_WORDS_END_THE_SILENCE,
            "the customer of " + entry.conversation() + " wrote, and the lane parked at " + parked
                + " stays parked"));
  }

  private void checkSilence(TranscriptEntry entry, Queries queries) {
    if (!isNotice(entry, NoticeKind.CLOSED_UNANSWERED)) {
      return;
    }
    boolean answered = false;
    boolean asked = false;
    for (TranscriptEntry earlier :
        queries.transcript(entry.conversation(), new EntryId(0), 1_000)) {
      if (isNotice(earlier, NoticeKind.CLOSE_PROPOSED)) {
        asked = true;
        answered = false;
      } else if (earlier.content() instanceof EntryContent.Said said
          && said.author().role() == Participant.Role.CUSTOMER) {
        answered = true;
      }
    }
    verdict.check(
        asked && !answered,
        Check.WHOEVER_ANSWERS_IS_HEARD,
        "conversation " + entry.conversation() + " was closed for want of an answer");
  }

  private static boolean isNotice(TranscriptEntry entry, NoticeKind kind) {
    return entry.content() instanceof EntryContent.Notified notified
        && notified.notice().kind() == kind;
  }

  private void checkInternal(TranscriptEntry entry) {
    boolean isInternal = entry.content() instanceof EntryContent.Whispered
        || (entry.content() instanceof EntryContent.Said said
            && said.body().text().startsWith(AgentActor.INTERNAL));
    verdict.check(
        !isInternal || entry.destination() == Destination.RECORD,
        Check.INTERNAL_STAYS_INTERNAL,
        "entry " + entry.id() + " is internal and was sent to " + entry.destination());
  }

  private void checkPlace(Conversation before, Conversation after) {
    if (after.handling() instanceof Handling.Waiting now) {
      Optional<Instant> earlier = Optional.empty();
      if (before.handling() instanceof Handling.Waiting waiting) {
        earlier = Optional.of(waiting.since());
      } else if (before.handling() instanceof Handling.Live live) {
        earlier = Optional.of(live.waitedSince());
      }
      verdict.check(
          earlier.filter(since -> !since.equals(now.since())).isEmpty(),
          Check.PLACES_ARE_KEPT,
          "conversation " + after.id() + " waits since " + now.since() + " and not since "
              + earlier);
    }
  }

  private void checkConversation(Commit.Change<Conversation> change) {
    Conversation after = change.after();
    change.before().ifPresent(before -> checkPlace(before, after));
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
        before.get() == after.status()
            || before.get().next().contains(after.status())
            || (after.status() == CaseStatus.MERGED && before.get() != CaseStatus.CLOSED),
        Check.TRANSITIONS_ARE_LEGAL,
        "case " + after.number() + " went from " + before.get() + " to " + after.status());
    verdict.check(
        before.get() != CaseStatus.CLOSED,
        Check.CASES_ARE_KEPT,
        "case " + after.number() + " was closed and changed");
    newsOf(before.get(), after.status())
        .ifPresent(kind -> newsAllowed
            .computeIfAbsent(after.number(), number -> new EnumMap<>(NoticeKind.class))
            .merge(kind, 1, Integer::sum));
    if (after.status() == CaseStatus.PENDING && before.get() != CaseStatus.PENDING) {
      remindersAllowed.merge(after.number(), 1, Integer::sum);
    }
  }

  /** @param later the cases that the same commit has saved after that one, of which the first is the one that remains */
  private void checkMerge(
      Commit.Change<SupportCase> change, List<Commit.Change<SupportCase>> later, Queries queries) {
    SupportCase after = change.after();
    if (after.merge().isEmpty() || change.before().isEmpty()) {
      return;
    }
    SupportCase before = change.before().get();
    verdict.check(
        before.merge().isEmpty() && after.conversations().isEmpty(),
        Check.MERGED_CASES_REST,
        "case " + after.number() + " was merged and has " + after.conversations());
    CaseNumber into = after.merge().get().into();
    Optional<SupportCase> remaining = later.stream()
        .map(Commit.Change::after)
        .filter(it -> it.number().equals(into))
        .findFirst()
        .or(() -> queries.remainingCase(after.number()));
    verdict.check(
        remaining
            .filter(it -> it.conversations().containsAll(before.conversations())
                && it.tags().containsAll(before.tags())
                && it.priority().compareTo(before.priority()) >= 0
                && (it.status().isUnsolved() || !before.status().isUnsolved()))
            .isPresent(),
        Check.MERGES_LOSE_NOTHING,
        "of case " + after.number() + ", which was merged, remains " + remaining);
    verdict.check(
        queries.notes(after.number(), 1).isEmpty(),
        Check.MERGES_LOSE_NOTHING,
        "notes of case " + after.number() + " stayed behind");
  }

  private static Optional<NoticeKind> newsOf(CaseStatus before, CaseStatus after) {
    if (before == after) {
      return Optional.empty();
    }
    return switch (after) {
      case PENDING -> Optional.of(NoticeKind.CASE_PENDING);
      case SOLVED -> Optional.of(NoticeKind.CASE_SOLVED);
      case OPEN ->
        before == CaseStatus.SOLVED ? Optional.of(NoticeKind.CASE_REOPENED) : Optional.empty();
      case MERGED -> Optional.of(NoticeKind.CASE_MERGED);
      case NEW, CLOSED -> Optional.empty();
    };
  }

  /** Checks that the customer hears of each change once; of a case that is solved, they hear wherever they waited for it. */
  private void checkNews(Commit commit) {
    Set<ConversationId> endedWaits = new HashSet<>();
    commit.conversations.stream()
        .filter(change -> change
            .before()
            .filter(it -> it.state() == ConversationState.WAITING)
            .isPresent())
        .filter(change -> change.after().state() == ConversationState.BOT)
        .forEach(change -> endedWaits.add(change.after().id()));
    Set<Object> told = new HashSet<>();
    for (TranscriptEntry entry : commit.appended) {
      boolean isSolved = isNotice(entry, NoticeKind.CASE_SOLVED);
      boolean isFirst = isSolved
          && told.add(((EntryContent.Notified) entry.content()).notice().arguments());
      boolean endsWait = isSolved && endedWaits.remove(entry.conversation());
      if (!endsWait || isFirst) {
        checkNews(entry);
      }
    }
  }

  private void checkNews(TranscriptEntry entry) {
    if (entry.content() instanceof EntryContent.Notified notified
        && Settings.CASE_NOTICES.contains(notified.notice().kind())) {
      CaseNumber number = CaseNumber.parse(
              String.valueOf(notified.notice().arguments().get("case")))
          .orElseThrow();
      int left = newsAllowed
          .computeIfAbsent(number, it -> new EnumMap<>(NoticeKind.class))
          .merge(notified.notice().kind(), -1, Integer::sum);
      verdict.check(
          left >= 0,
          Check.EACH_CHANGE_IS_TOLD_ONCE,
          "the customer of case " + number + " was told " + notified.notice().kind()
              + " without a change");
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
        its.isPresent() && mayHave(conversation.state(), its.get().status()),
        Check.CASES_ARE_KEPT,
        "conversation " + id + " is " + conversation.state() + " and its case " + its);
  }

  /** An agent may solve a case at the desk while they are still talking with its customer. */
  private static boolean mayHave(ConversationState state, CaseStatus status) {
    return status.isUnsolved() || (state == ConversationState.LIVE && status == CaseStatus.SOLVED);
  }

  private void checkLane(Lane now, boolean freed) {
    LaneKey key = now.key();
    boolean waits = now.depth() > 0 && now.parkedAt().isEmpty();
    if (now.parkedAt().isPresent()) {
      everParked.add(key);
      String reason = now.lastError().orElse("");
      verdict.check(
          !reason.contains(FarSide.NEVER) && !reason.contains(FarSide.DOWN),
          Check.ONLY_WHAT_CONCERNS_A_LANE_PARKS_IT,
          "lane " + key + " was parked: " + reason);
    }
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
        before.parkedAt().isEmpty()
            || now.parkedAt().isPresent()
            || freed
            // A lane that passes to another port is not burdened with the failures of the first.
            || !before.port().equals(now.port()),
        Check.PARKED_STAYS_PARKED,
        "lane " + key + " was parked and goes on although nobody decided so");
  }

  private void require(boolean holds, LaneKey lane, String what) {
    verdict.check(holds, Check.LANES_ARE_CONSISTENT, "lane " + lane + " " + what);
  }
}
