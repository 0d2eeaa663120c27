package dev.relay.core.conversation;

import dev.relay.core.cases.CaseNumber;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.delivery.Destination;
import dev.relay.core.delivery.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.notice.Notice;
import dev.relay.core.notice.NoticeKind;
import dev.relay.core.routing.QueueName;
import java.util.Optional;

/** Brings a conversation to the queue of live agents, or tells the customer why not. */
final class Handoff {
  private final Draft draft;
  private final Context context;

  Handoff(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Opens or takes up a case; where agents work the customer then waits, else they are told so and nothing else changes. */
  void request(String latestWords, String reason) {
    CaseNumber number = new CaseOpening(draft, context).ensure(latestWords);
    QueueName queue = queue();
    if (!context.isStaffed(queue)) {
      draft.tellCustomer(Notice.of(NoticeKind.OUTSIDE_BUSINESS_HOURS, "case", number));
      draft.handleBy(new Handling.WithVirtualAgent(0));
      return;
    }
    enqueue(number, queue, reason);
  }

  /** The conversation waits (again). */
  void enqueue(CaseNumber number, QueueName queue, String reason) {
    PortId desk = context.deskFor(queue);
    if (draft.conversation().handling() instanceof Handling.Live live
        && !live.desk().equals(desk)) {
      // What waits is for the desk that had it; the next one gets all of it with the handoff.
      draft.drop(Destination.DESK);
    }
    draft.drop(Destination.VIRTUAL_AGENT);
    draft.toDesk(desk, new EntryContent.HandoffRequested(number, queue, reason), Optional.empty());
    draft.handleBy(new Handling.Waiting(queue, desk, context.now()));
    draft.tellCustomer(
        Notice.of(NoticeKind.QUEUE_POSITION, "position", context.waitingIn(queue) + 1));
  }

  private QueueName queue() {
    return draft
        .supportCase()
        .map(SupportCase::queue)
        .orElse(draft.conversation().route().queue());
  }
}
