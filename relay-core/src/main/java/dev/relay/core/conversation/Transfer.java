package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.DeskEvent.AgentTransferred;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team.Member;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** The transfer of a conversation to another queue or live agent. The customer keeps their time of waiting. */
final class Transfer {
  private final Draft draft;
  private final Context context;

  Transfer(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Returns why a transfer is not possible, whatever state the conversation is in; empty if it is. */
  Optional<Refusal> fault(AgentTransferred event) {
    if (event.note().length() > EntryContent.Whispered.MAX_TEXT) {
      return invalid("a note may have at most " + EntryContent.Whispered.MAX_TEXT + " characters");
    }
    if (event.to() instanceof AgentTransferred.ToQueue to) {
      if (context.queues().contains(to.queue())) {
        return new Handoff(draft, context).isStaffed(to.queue())
            ? Optional.empty()
            : Optional.of(new Refusal(
                Refusal.Code.UNSTAFFED, "nobody works in queue " + to.queue() + " at the moment"));
      }
      return invalid("queue \"" + to.queue() + "\" does not exist (known: "
          + new TreeSet<>(context.queues().stream().map(QueueName::value).toList()) + ")");
    }
    String agent = ((AgentTransferred.ToAgent) event.to()).agent();
    Optional<Member> member = context.team().member(agent);
    if (member.isEmpty() || !member.get().works()) {
      return invalid("\"" + agent + "\" is no live agent of Relay's own desk; agents of another"
          + " desk are chosen by that desk: transfer to one of its queues");
    }
    return context.teamDesk().isEmpty()
        ? invalid("no desk has agents of Relay's own")
        : Optional.empty();
  }

  private static Optional<Refusal> invalid(String message) {
    return Optional.of(new Refusal(Refusal.Code.INVALID, message));
  }

  /** Records the note that goes with the conversation. */
  void note(AgentTransferred event) {
    if (!event.note().isBlank()) {
      draft.record(new EntryContent.Whispered(event.by(), event.note()));
    }
  }

  /** Lets a live agent of Relay's own desk take over at once; nobody waits in between. */
  void toAgent(AgentTransferred.ToAgent to, QueueName queue, Instant waitedSince) {
    Participant agent = context.team().member(to.agent()).orElseThrow().agent();
    PortId desk = context.teamDesk().orElseThrow();
    new Joining(draft, context).join(agent, desk, queue, waitedSince);
  }

  /** Makes the case follow its conversation to a queue, where nobody works on it yet. */
  void moveCase(QueueName queue, Participant by) {
    draft.changeCase(
        new CaseChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(queue),
            Optional.of(Optional.empty())),
        by);
  }
}
