package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision in the making: the conversation as it will be, and the effects so far. Used by one thread, for one decision. */
final class Draft {
  /** A timer may fire early by one part in so many of the time that is left: 5 %. */
  private static final int SHARE_OF_EARLY_TIMERS = 20;

  private final Context context;
  private final List<Effect> effects = new ArrayList<>();
  private Conversation next;
  private Optional<SupportCase> supportCase;

  Draft(Conversation conversation, Context context) {
    this.context = context;
    this.supportCase = context.supportCase();
    this.next = conversation.state() == ConversationState.CLOSED
        ? conversation
        : aboutRemaining(conversation.inLanguage(context.customer().locale()));
  }

  /** Makes a conversation whose case was merged, of which it was not one of the conversations, about the case that remains. */
  private Conversation aboutRemaining(Conversation conversation) {
    return supportCase
        .map(SupportCase::number)
        .filter(number ->
            conversation.supportCase().filter(own -> !own.equals(number)).isPresent())
        .map(conversation::about)
        .orElse(conversation);
  }

  Participant customer() {
    return context.customer().asParticipant();
  }

  Conversation conversation() {
    return next;
  }

  Optional<SupportCase> supportCase() {
    return supportCase;
  }

  void record(EntryContent content) {
    record(content, Optional.empty());
  }

  void record(EntryContent content, Optional<String> sourceId) {
    effects.add(new Effect.Append(Destination.RECORD, Optional.empty(), content, sourceId));
  }

  void notifyCustomer(Notice notice) {
    toCustomer(new EntryContent.Notified(notice), Optional.empty());
  }

  /**
   * Notifies the customer, in place of an earlier notice of the same kind if there is one; does nothing if it was the same.
   *
   * @return false if the customer already has this notice
   */
  boolean updateNotice(Notice notice) {
    Optional<TranscriptEntry> last = context.recentEntries().stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .filter(entry -> entry.content() instanceof EntryContent.Notified earlier
            && earlier.notice().kind() == notice.kind())
        .reduce((first, second) -> second);
    Optional<EntryContent.Notified> earlier =
        last.map(entry -> (EntryContent.Notified) entry.content());
    if (earlier.filter(it -> it.notice().equals(notice)).isPresent()) {
      return false;
    }
    Optional<EntryId> first =
        earlier.flatMap(EntryContent.Notified::replaces).or(() -> last.map(TranscriptEntry::id));
    toCustomer(new EntryContent.Notified(notice, first), Optional.empty());
    return true;
  }

  /**
   * Notifies the customer, unless this very notice is the last that they were sent.
   *
   * @return false if it is
   */
  boolean notifyUnlessJustRead(Notice notice) {
    Optional<TranscriptEntry> last = context.recentEntries().stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .reduce((first, second) -> second);
    if (last.filter(entry -> entry.content() instanceof EntryContent.Notified earlier
            && earlier.notice().equals(notice))
        .isPresent()) {
      return false;
    }
    notifyCustomer(notice);
    return true;
  }

  void toCustomer(EntryContent content, Optional<String> sourceId) {
    effects.add(new Effect.Append(
        Destination.CUSTOMER, Optional.of(next.address().channel()), content, sourceId));
  }

  void toVirtualAgent(EntryContent content, Optional<String> sourceId) {
    effects.add(new Effect.Append(
        Destination.VIRTUAL_AGENT, Optional.of(context.virtualAgentPort()), content, sourceId));
  }

  void toDesk(PortId desk, EntryContent content, Optional<String> sourceId) {
    effects.add(new Effect.Append(Destination.DESK, Optional.of(desk), content, sourceId));
  }

  void drop(Destination destination) {
    effects.add(new Effect.Drop(destination));
  }

  /** Announces a case by a card that follows its later changes. */
  void announce(PortId announcer, EntryContent.Announced card, SupportCase shown) {
    effects.add(new Effect.Announce(announcer, card, Optional.of(shown.number())));
  }

  void handoffMoved(PortId from, PortId to, String reason) {
    effects.add(new Effect.HandoffMoved(from, to, reason));
  }

  void say(Participant author, List<MessageBody> bodies, Optional<String> sourceId) {
    bodies.forEach(body -> toCustomer(new EntryContent.Said(author, body), sourceId));
  }

  /** Changes the state; the timer is set anew. */
  void handleBy(Handling handling) {
    next = next.handledBy(handling, next.lastActivityAt(), timer(handling, next.lastActivityAt()));
  }

  /** Changes facts of the state with which its timer has nothing to do. */
  void adjust(Handling handling) {
    next = next.handledBy(handling, next.lastActivityAt(), next.wakeAt());
  }

  /** Records activity: idle time begins anew; the time in a queue runs on. */
  void activity() {
    next = next.handledBy(next.handling(), context.now(), timer(next.handling(), context.now()));
  }

  /**
   * Returns the timer of a state. One that would fire only a little too early stays as it is, because a message should not move a row in
   * the index of timers; {@link #isTimeUp} decides when it fires.
   */
  private Optional<Instant> timer(Handling handling, Instant lastActivity) {
    Optional<Instant> wanted = wakeAt(handling, lastActivity);
    Optional<Instant> set = next.wakeAt();
    boolean isEarlyEnough = set.isPresent()
        && wanted.isPresent()
        && endsBySilence(handling)
        && endsBySilence(next.handling())
        && handling.state() == next.handling().state()
        && isLittleBefore(set.get(), wanted.get());
    return isEarlyEnough ? set : wanted;
  }

  private boolean isLittleBefore(Instant set, Instant wanted) {
    Duration left = Duration.between(context.now(), wanted);
    Duration early = Duration.between(set, wanted);
    return set.isAfter(context.now())
        && !early.isNegative()
        && early.multipliedBy(SHARE_OF_EARLY_TIMERS).compareTo(left) <= 0;
  }

  /** Checks whether the time of this state is over, now that its timer has fired. */
  boolean isTimeUp() {
    return endOfIdleTime().filter(end -> context.now().isBefore(end)).isEmpty();
  }

  /** Lets a timer that fired too early fire when the idle time ends. */
  void wakeAtEndOfIdleTime() {
    next = next.handledBy(next.handling(), next.lastActivityAt(), endOfIdleTime());
  }

  /** Returns when the idle time ends, if this state ends by it. An activity that a clock ahead has dated counts as of now. */
  private Optional<Instant> endOfIdleTime() {
    Instant last =
        next.lastActivityAt().isAfter(context.now()) ? context.now() : next.lastActivityAt();
    return endsBySilence(next.handling())
        ? context.policy().limit(next.handling()).map(last::plus)
        : Optional.empty();
  }

  private static boolean endsBySilence(Handling handling) {
    return handling instanceof Handling.Bot
        || (handling instanceof Handling.Live live && live.closeProposedAt().isEmpty());
  }

  /**
   * Postpones a timer over which the clock has jumped. One that was set too early counts as what it stands for: the end of the idle time,
   * which the jump may not have reached.
   */
  void postponeTimer(Duration by) {
    if (!isTimeUp()) {
      wakeAtEndOfIdleTime();
      return;
    }
    Optional<Instant> postponed = next.wakeAt()
        .map(at -> endOfIdleTime().filter(end -> end.isAfter(at)).orElse(at))
        .map(at -> at.plus(by));
    next = next.handledBy(next.handling(), next.lastActivityAt(), postponed);
  }

  /**
   * Brings the timer back if it is further ahead than the conversation's time limit, because it was set while the clock was ahead:
   * its time begins anew.
   */
  void bringTimerBack() {
    Optional<Instant> farthest =
        context.policy().limit(next.handling()).map(limit -> context.now().plus(limit));
    boolean isAhead =
        farthest.flatMap(far -> next.wakeAt().filter(at -> at.isAfter(far))).isPresent();
    if (isAhead) {
      Instant lastActivity =
          next.lastActivityAt().isAfter(context.now()) ? context.now() : next.lastActivityAt();
      next = next.handledBy(next.handling(), lastActivity, farthest);
    }
  }

  /** Lets the idle time begin anew although nobody has written. */
  void wakeAgain() {
    next = next.handledBy(
        next.handling(), next.lastActivityAt(), wakeAt(next.handling(), context.now()));
  }

  void resolve(Resolution resolution) {
    next = next.resolvedAs(resolution);
  }

  /** Makes the conversation about that case, which is saved with its history. */
  void about(SupportCase changed, List<CaseHistoryEntry> history) {
    next = next.about(changed.number());
    supportCase = Optional.of(changed);
    effects.add(new Effect.SaveCase(changed, history));
  }

  /** Makes the conversation about a case that is saved already, as it is. */
  void pointTo(SupportCase told) {
    next = next.about(told.number());
    supportCase = Optional.of(told);
  }

  /** Saves a case that the conversation is not about. */
  void saveBeside(SupportCase opened, List<CaseHistoryEntry> history) {
    effects.add(new Effect.SaveCase(opened, history));
  }

  /** Changes the conversation's case, if it has one and the change is legal. */
  void changeCase(CaseChange change, Participant actor) {
    if (supportCase.isEmpty()) {
      return;
    }
    CaseDecision decision =
        supportCase.get().change(change, actor, context.casePolicy(), context.now());
    if (decision instanceof CaseDecision.Changed changed && !changed.history().isEmpty()) {
      supportCase = Optional.of(changed.next());
      effects.add(new Effect.SaveCase(changed.next(), changed.history()));
    }
  }

  /**
   * Changes the conversation's case as a whole.
   *
   * @return the refusal if the change is not legal, after which nothing was changed
   */
  Optional<CaseDecision.Refused> changeCaseOrRefuse(CaseChange change, Participant actor) {
    if (supportCase.isEmpty()) {
      return Optional.empty();
    }
    CaseDecision decision =
        supportCase.get().change(change, actor, context.casePolicy(), context.now());
    if (decision instanceof CaseDecision.Refused refused) {
      return Optional.of(refused);
    }
    changeCase(change, actor);
    return Optional.empty();
  }

  /** Records something in the history of the conversation's case, if it has one. */
  void recordInCase(Participant actor, String field, String value) {
    supportCase.ifPresent(it -> effects.add(new Effect.SaveCase(
        it, List.of(new CaseHistoryEntry(it.number(), context.now(), actor, field, "", value)))));
  }

  /** Adds an internal note to the conversation's case, if it has one. */
  void note(Participant author, String text) {
    supportCase.ifPresent(it -> effects.add(new Effect.AddNote(it.number(), author, text)));
  }

  /** Gives the conversation's case back to those who work on it, if it waits for the customer, who has just answered. */
  void answeredCase() {
    if (supportCase.filter(it -> it.status() == CaseStatus.PENDING).isPresent()) {
      changeCase(CaseChange.status(CaseStatus.OPEN), customer());
    }
  }

  /** Brings the conversation's case back, if it is put aside. */
  void wakeCase(Participant actor) {
    if (supportCase.filter(it -> it.snoozedUntil().isPresent()).isPresent()) {
      changeCase(CaseChange.none().withSnooze(Optional.empty()), actor);
    }
  }

  /** Brings back what is put aside of the customer's other cases. */
  void wakeOtherCases() {
    for (SupportCase other : context.recentCases()) {
      boolean isOwn =
          supportCase.filter(it -> it.number().equals(other.number())).isPresent();
      if (!isOwn && other.snoozedUntil().isPresent()) {
        CaseDecision decision = other.change(
            CaseChange.none().withSnooze(Optional.empty()),
            customer(),
            context.casePolicy(),
            context.now());
        if (decision instanceof CaseDecision.Changed changed) {
          saveBeside(changed.next(), changed.history());
        }
      }
    }
  }

  void save(Scheduled scheduled) {
    effects.add(new Effect.SaveScheduled(scheduled));
  }

  void save(Team.Presence presence) {
    effects.add(new Effect.SavePresence(presence));
  }

  Decision applied() {
    return new Decision.Applied(next, effects);
  }

  private Optional<Instant> wakeAt(Handling handling, Instant lastActivity) {
    ConversationPolicy policy = context.policy();
    if (handling instanceof Handling.Bot) {
      return Optional.of(lastActivity.plus(policy.botIdle()));
    }
    if (handling instanceof Handling.Waiting) {
      // A customer who waits already keeps their time-out, whoever is asked to take over.
      return next.handling() instanceof Handling.Waiting
          ? next.wakeAt()
          : Optional.of(context.now().plus(policy.queueTimeout()));
    }
    if (handling instanceof Handling.Live live && live.closeProposedAt().isPresent()) {
      if (next.handling() instanceof Handling.Live before
          && before.closeProposedAt().equals(live.closeProposedAt())) {
        // A customer who was asked already keeps their time to answer, but none that a clock ahead
        // gave.
        Instant farthest = context.now().plus(policy.confirmWithin());
        return next.wakeAt().map(at -> at.isAfter(farthest) ? farthest : at);
      }
      // A question that a clock ahead has dated counts as asked now.
      return live.closeProposedAt()
          .map(at -> at.isAfter(context.now()) ? context.now() : at)
          .map(at -> at.plus(policy.confirmWithin()));
    }
    if (handling instanceof Handling.Live) {
      return Optional.of(lastActivity.plus(policy.liveIdle()));
    }
    return Optional.empty();
  }
}
