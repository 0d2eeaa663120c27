package dev.relay.core.conversation;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason.Code;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team.Offering;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The handoff of a conversation to the queue of live agents, or the notice why that is not possible. */
final class Handoff {
  private final Draft draft;
  private final Context context;

  Handoff(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /**
   * Opens or reopens a case. If live agents work, the customer then waits; otherwise the customer is notified and the virtual
   * agent keeps the conversation.
   */
  void request(String latestWords, Reason reason) {
    request(latestWords, reason, NoticeKind.QUEUE_POSITION);
  }

  /** Does the same; the notice of that kind reports the place in the queue. */
  void request(String latestWords, Reason reason, NoticeKind notice) {
    request(new CaseOpening(draft, context).ensure(latestWords), reason, notice);
  }

  /** Does the same for the conversation's case, which is that one already. */
  void requestFor(CaseNumber number, Reason reason) {
    request(number, reason, NoticeKind.QUEUE_POSITION);
  }

  private void request(CaseNumber number, Reason reason, NoticeKind notice) {
    QueueName queue = queue();
    if (!isStaffed(queue)) {
      draft.notifyCustomer(Notice.of(NoticeKind.OUTSIDE_BUSINESS_HOURS, "case", number));
      draft.handleBy(new Handling.Bot(0));
      return;
    }
    int position = enqueue(number, queue, context.deskFor(queue), reason, context.now());
    draft.notifyCustomer(place(notice, position, number));
  }

  /**
   * Checks whether somebody is there for a queue: its business hours are open and, if Relay assigns its conversations, at least one of
   * its live agents is online. Agents who choose from a list need not be online yet.
   */
  boolean isStaffed(QueueName queue) {
    boolean isOfTeam = context.teamDesk().equals(Optional.of(context.deskFor(queue)));
    return context.isStaffed(queue) && (!isOfTeam || context.team().isStaffed(queue));
  }

  /** Returns the notice that reports the customer's place in the queue and their case. */
  static Notice place(NoticeKind kind, int position, CaseNumber number) {
    return new Notice(
        kind, Map.of("position", Integer.toString(position), "case", number.toString()));
  }

  /** Returns a conversation to the queue of its desk, at the place that it had. It is not offered to the agent who had it. */
  void enqueueAgain(CaseNumber about, Handling.Live left, Reason reason) {
    CaseNumber number = unsolved(about);
    QueueName queue = queue();
    int position = enqueue(number, queue, context.deskFor(queue), reason, left.waitedSince());
    if (draft.conversation().handling() instanceof Handling.Waiting waiting) {
      draft.handleBy(waiting.offered(Offering.except(left.agent().id())));
    }
    notifyOfReturn(left, position);
  }

  /** Passes a conversation to another queue, where the customer's time of waiting counts. */
  void enqueueTransferred(CaseNumber about, Handling.Live left, QueueName queue, Participant by) {
    CaseNumber number = unsolved(about);
    new Transfer(draft, context).moveCase(queue, by);
    Reason reason =
        new Reason(Code.PASSED, Map.of("name", by.nameForColleagues(), "queue", queue.value()));
    int position = enqueue(number, queue, context.deskFor(queue), reason, left.waitedSince());
    draft.notifyCustomer(place(NoticeKind.TRANSFERRED, position, number));
  }

  /** Moves a waiting conversation to another queue, and updates the place that the customer reads. */
  void move(CaseNumber number, Handling.Waiting waiting, QueueName queue) {
    PortId desk = context.deskFor(queue);
    Reason reason = Reason.of(Code.MOVED, "queue", queue);
    if (!desk.equals(waiting.desk())) {
      draft.drop(Destination.DESK);
      draft.toDesk(
          waiting.desk(), new EntryContent.HandoffWithdrawn(reason.words()), Optional.empty());
    }
    draft.toDesk(desk, new HandoffRequested(number, queue, reason), Optional.empty());
    Handling.Waiting moved = new Handling.Waiting(queue, desk, waiting.since(), waiting.priority());
    draft.handleBy(moved);
    draft.updateNotice(
        place(NoticeKind.QUEUE_POSITION, context.waitingBefore(queue, moved.turn()) + 1, number));
  }

  /** Queues a conversation that its desk has lost, at another desk if one can be asked. */
  void enqueueLost(CaseNumber about, Handling.Live lost, String why) {
    CaseNumber number = unsolved(about);
    QueueName queue = queue();
    PortId next = context.deskFor(queue);
    Optional<PortId> other = fallbackFor(lost.desk());
    if (!next.equals(lost.desk()) || other.isEmpty()) {
      int position = enqueue(number, queue, next, Reason.of(Code.LOST), lost.waitedSince());
      notifyOfReturn(lost, position);
      return;
    }
    Reason reason = new Reason(Code.LOST_BY, Map.of("desk", lost.desk().value(), "reason", why));
    notifyOfReturn(lost, enqueue(number, queue, other.get(), reason, lost.waitedSince()));
    draft.handoffMoved(lost.desk(), other.get(), reason.words());
  }

  private void notifyOfReturn(Handling.Live left, int position) {
    draft.notifyCustomer(new Notice(
        NoticeKind.AGENT_LEFT,
        Map.of("agent", left.agent().displayName(), "position", Integer.toString(position))));
  }

  /** Moves a waiting conversation to the queue and the priority of its changed case; the customer's time of waiting counts. */
  void requeue(CaseNumber number, Handling.Waiting waiting, SupportCase changed) {
    PortId desk =
        changed.queue().equals(waiting.queue()) ? waiting.desk() : context.deskFor(changed.queue());
    if (!changed.queue().equals(waiting.queue())) {
      Reason reason = Reason.of(Code.CASE_MOVED, "queue", changed.queue());
      if (!desk.equals(waiting.desk())) {
        draft.drop(Destination.DESK);
        draft.toDesk(
            waiting.desk(), new EntryContent.HandoffWithdrawn(reason.words()), Optional.empty());
      }
      draft.toDesk(desk, new HandoffRequested(number, changed.queue(), reason), Optional.empty());
    }
    Offering offering =
        changed.queue().equals(waiting.queue()) ? waiting.offering() : Offering.NONE;
    draft.handleBy(
        new Handling.Waiting(changed.queue(), desk, waiting.since(), changed.priority(), offering));
  }

  /**
   * Passes a waiting conversation to the fallback desk; returns false if there is no other desk. The customer keeps their place
   * and is not notified: for them nothing has changed.
   *
   * <p>The first desk is not notified either, because the one lane of desks now leads to the other desk. A desk that declined
   * has already let go; a desk that left the handoff in doubt may still offer it, and whoever accepts first has the
   * conversation.
   */
  boolean passOn(Handling.Waiting waiting, String why) {
    Optional<PortId> other = fallbackFor(waiting.desk());
    Optional<CaseNumber> number = draft.conversation().supportCase();
    if (other.isEmpty() || number.isEmpty()) {
      return false;
    }
    Reason reason =
        new Reason(Code.REFUSED_BY, Map.of("desk", waiting.desk().value(), "reason", why));
    draft.drop(Destination.DESK);
    draft.toDesk(
        other.get(), new HandoffRequested(number.get(), waiting.queue(), reason), Optional.empty());
    draft.handleBy(
        new Handling.Waiting(waiting.queue(), other.get(), waiting.since(), waiting.priority()));
    draft.handoffMoved(waiting.desk(), other.get(), reason.words());
    return true;
  }

  /** Queues the conversation and returns its place in the queue, from 1. */
  private int enqueue(
      CaseNumber number, QueueName queue, PortId desk, Reason reason, Instant since) {
    if (!isLiveAt(desk)) {
      // The backlog is for the desk that had the conversation, or a withdrawal that would hold the
      // handoff up; the next desk gets the whole transcript with the handoff.
      draft.drop(Destination.DESK);
    }
    draft.drop(Destination.VIRTUAL_AGENT);
    draft.toDesk(desk, new HandoffRequested(number, queue, reason), Optional.empty());
    CasePriority priority =
        draft.supportCase().map(SupportCase::priority).orElse(CasePriority.NORMAL);
    Handling.Waiting waiting = new Handling.Waiting(queue, desk, since, priority);
    draft.handleBy(waiting);
    return context.waitingBefore(queue, waiting.turn()) + 1;
  }

  /** Returns the case for which the customer waits: if it was solved at the desk while they were talking, it needs work again. */
  private CaseNumber unsolved(CaseNumber about) {
    return draft.supportCase().filter(it -> !it.status().isUnsolved()).isPresent()
        ? new CaseOpening(draft, context).ensure("")
        : about;
  }

  private boolean isLiveAt(PortId desk) {
    return draft.conversation().handling() instanceof Handling.Live live
        && live.desk().equals(desk);
  }

  private Optional<PortId> fallbackFor(PortId desk) {
    return context.fallbackDesk().filter(it -> !it.equals(desk));
  }

  private QueueName queue() {
    return draft
        .supportCase()
        .map(SupportCase::queue)
        .orElse(draft.conversation().route().queue());
  }
}
