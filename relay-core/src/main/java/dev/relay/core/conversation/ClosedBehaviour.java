package dev.relay.core.conversation;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.EngineEvent.TimerDue;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import java.util.List;

/** State {@code CLOSED}: what comes now belongs to the next conversation. */
final class ClosedBehaviour extends Behaviour {

  ClosedBehaviour(Conversation conversation, Context context) {
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
  Decision customerRated(CustomerRated event) {
    if (event.score() < CustomerRated.WORST || event.score() > CustomerRated.BEST) {
      return refuse(
          Refusal.Code.INVALID,
          "a rating is from " + CustomerRated.WORST + " to " + CustomerRated.BEST);
    }
    draft.record(new EntryContent.Rated(draft.customer(), event.score()));
    draft.tellCustomer(Notice.of(NoticeKind.THANKS_FOR_RATING));
    draft.supportCase().ifPresent(rated -> draft.saveBeside(rated, List.of(history(rated, event))));
    return draft.applied();
  }

  private CaseHistoryEntry history(SupportCase rated, CustomerRated event) {
    return new CaseHistoryEntry(
        rated.number(),
        context.now(),
        draft.customer(),
        "rating",
        "",
        Integer.toString(event.score()));
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
