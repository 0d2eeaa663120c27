package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.Optional;

/** A live agent joins a conversation: the case is opened and assigned to them, and the customer receives their name. */
final class Joining {
  private final Draft draft;
  private final Context context;

  Joining(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Joins a conversation that the customer began. */
  void join(Participant agent, PortId desk, QueueName queue, Instant waitedSince) {
    join(
        agent,
        desk,
        queue,
        waitedSince,
        Notice.of(NoticeKind.AGENT_JOINED, "agent", agent.displayName()));
  }

  /** Joins a conversation; the customer learns so by that notice. */
  void join(Participant agent, PortId desk, QueueName queue, Instant waitedSince, Notice notice) {
    draft.drop(Destination.VIRTUAL_AGENT);
    // Whoever returns the customer returns them to the queue in which their case is.
    QueueName from = draft.supportCase().map(SupportCase::queue).orElse(queue);
    Handling.Live live = new Handling.Live(agent, from, desk, context.now(), waitedSince);
    draft.handleBy(
        draft.conversation().handling() instanceof Handling.Live before
            ? live.helpedBy(before.colleaguesWithout(agent))
            : live);
    draft.activity();
    CaseChange change = CaseChange.none().withAssignee(Optional.of(agent));
    boolean working =
        draft.supportCase().filter(it -> it.status() == CaseStatus.OPEN).isPresent();
    draft.changeCase(working ? change : change.withStatus(CaseStatus.OPEN), agent);
    draft.wakeCase(agent);
    draft.notifyCustomer(notice);
  }
}
