package dev.relay.core.conversation;

import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.EngineEvent.TimerDue;
import dev.relay.core.message.EntryContent;

/** State {@code CLOSED}: what comes now belongs to the next conversation. */
final class Over extends Behaviour {

  Over(Conversation conversation, Context context) {
    super(conversation, context);
  }

  @Override
  Decision customerWrote(CustomerWrote event) {
    return notLive();
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    return notLive();
  }

  @Override
  Decision customerEnded(CustomerEnded event) {
    return notLive();
  }

  @Override
  Decision caseFiled(CaseFiled event) {
    return notLive();
  }

  @Override
  void passToDesk(EntryContent change) {
    draft.record(change);
  }

  @Override
  Decision agentJoined(AgentJoined event) {
    return notLive();
  }

  @Override
  Decision timerDue(TimerDue event) {
    return draft.applied();
  }

  @Override
  Decision notLive() {
    return refuse(Refusal.Code.CLOSED, "conversation " + conversation.id() + " is over");
  }
}
