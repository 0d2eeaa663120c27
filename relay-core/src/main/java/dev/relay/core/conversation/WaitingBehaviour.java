package dev.relay.core.conversation;

import dev.relay.core.cases.CaseChange;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.DeskEvent.DeskDeclined;
import dev.relay.core.conversation.EngineEvent.HandoffFailed;
import dev.relay.core.conversation.EngineEvent.TimerDue;
import dev.relay.core.id.Destination;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import java.util.Optional;

/** State {@code WAITING}: the conversation waits for a live agent. */
final class WaitingBehaviour extends Behaviour {
  private final Handling.Waiting handling;

  WaitingBehaviour(Conversation conversation, Context context, Handling.Waiting handling) {
    super(conversation, context);
    this.handling = handling;
  }

  @Override
  Decision customerWrote(CustomerWrote event) {
    draft.activity();
    draft.toDesk(
        handling.desk(), new EntryContent.Said(draft.customer(), event.body()), event.sourceId());
    return draft.applied();
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    draft.record(new EntryContent.Pressed(draft.customer(), event.button()));
    draft.activity();
    if (event.button() == Button.TALK_TO_PERSON) {
      int position =
          context.queuePosition().orElseGet(() -> context.waitingIn(handling.queue()) + 1);
      draft.tellCustomer(Notice.of(NoticeKind.QUEUE_POSITION, "position", position));
    }
    return draft.applied();
  }

  @Override
  Decision customerEnded(CustomerEnded event) {
    draft.toDesk(
        handling.desk(),
        new EntryContent.HandoffWithdrawn("the customer ended the conversation"),
        Optional.empty());
    draft.changeCase(CaseChange.status(CaseStatus.SOLVED), draft.customer());
    draft.tellCustomer(Notice.of(NoticeKind.ENDED_BY_CUSTOMER));
    draft.handleBy(new Handling.Closed(context.now(), draft.customer()));
    return draft.applied();
  }

  @Override
  void passToDesk(EntryContent change) {
    draft.toDesk(handling.desk(), change, Optional.empty());
  }

  @Override
  Decision agentJoined(AgentJoined event) {
    if (!event.desk().equals(handling.desk())) {
      draft.drop(Destination.DESK);
      draft.toDesk(
          handling.desk(),
          new EntryContent.HandoffWithdrawn("an agent took it at another desk"),
          Optional.empty());
    }
    new Joining(draft, context).join(event, handling.queue());
    return draft.applied();
  }

  @Override
  Decision deskDeclined(DeskDeclined event) {
    return event.desk().equals(handling.desk()) ? cannotTake(event.reason()) : draft.applied();
  }

  @Override
  Decision handoffFailed(HandoffFailed event) {
    return cannotTake(event.reason());
  }

  private Decision cannotTake(String why) {
    if (new Handoff(draft, context).passOn(handling, why)) {
      return draft.applied();
    }
    draft.drop(Destination.DESK);
    return backToVirtualAgent(NoticeKind.NO_AGENT);
  }

  @Override
  Decision timerDue(TimerDue event) {
    if (conversation.wakeAt().isEmpty()
        || context.now().isBefore(conversation.wakeAt().get())) {
      return draft.applied();
    }
    draft.drop(Destination.DESK);
    draft.toDesk(
        handling.desk(),
        new EntryContent.HandoffWithdrawn("nobody took it in time"),
        Optional.empty());
    return backToVirtualAgent(NoticeKind.QUEUE_TIMEOUT);
  }

  private Decision backToVirtualAgent(NoticeKind why) {
    String number = conversation.supportCase().map(Object::toString).orElse("");
    draft.tellCustomer(Notice.of(why, "case", number));
    draft.handleBy(new Handling.Bot(0));
    draft.activity();
    return draft.applied();
  }
}
