package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.text.Cut;
import java.util.Optional;

/** The handoff of a conversation to the queue of live agents, or the notice why that is not possible. */
final class Handoff {
  private static final int MAX_REASON = 300;

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
  void request(String latestWords, String reason) {
    CaseNumber number = new CaseOpening(draft, context).ensure(latestWords);
    QueueName queue = queue();
    if (!context.isStaffed(queue)) {
      draft.notifyCustomer(Notice.of(NoticeKind.OUTSIDE_BUSINESS_HOURS, "case", number));
      draft.handleBy(new Handling.Bot(0));
      return;
    }
    enqueue(number, queue, reason);
  }

  /** Queues the conversation (again) at the desk of its queue. */
  void enqueue(CaseNumber number, QueueName queue, String reason) {
    enqueue(number, queue, context.deskFor(queue), reason);
  }

  /** Queues a conversation that its desk has lost, at another desk if one can be asked. */
  void enqueueLost(CaseNumber number, Handling.Live lost, String why) {
    PortId next = context.deskFor(lost.queue());
    Optional<PortId> other = fallbackFor(lost.desk());
    if (!next.equals(lost.desk()) || other.isEmpty()) {
      enqueue(number, lost.queue(), next, "the desk lost the conversation");
      return;
    }
    String reason = onOneLine("desk " + lost.desk() + " lost the conversation: " + why);
    enqueue(number, lost.queue(), other.get(), reason);
    draft.handoffMoved(lost.desk(), other.get(), reason);
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
    String reason = onOneLine("desk " + waiting.desk() + " could not accept it: " + why);
    draft.drop(Destination.DESK);
    draft.toDesk(
        other.get(),
        new EntryContent.HandoffRequested(number.get(), waiting.queue(), reason),
        Optional.empty());
    draft.handleBy(new Handling.Waiting(waiting.queue(), other.get(), waiting.since()));
    draft.handoffMoved(waiting.desk(), other.get(), reason);
    return true;
  }

  private void enqueue(CaseNumber number, QueueName queue, PortId desk, String reason) {
    if (!isLiveAt(desk)) {
      // The backlog is for the desk that had the conversation, or a withdrawal that would hold the
      // handoff up; the next desk gets the whole transcript with the handoff.
      draft.drop(Destination.DESK);
    }
    draft.drop(Destination.VIRTUAL_AGENT);
    draft.toDesk(desk, new EntryContent.HandoffRequested(number, queue, reason), Optional.empty());
    draft.handleBy(new Handling.Waiting(queue, desk, context.now()));
    draft.notifyCustomer(place(context.waitingIn(queue) + 1));
  }

  /** Returns the notice that tells customers their place in the queue. */
  static Notice place(int position) {
    return Notice.of(NoticeKind.QUEUE_POSITION, "position", position);
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

  private static String onOneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return Cut.withEllipsis(line, MAX_REASON);
  }
}
