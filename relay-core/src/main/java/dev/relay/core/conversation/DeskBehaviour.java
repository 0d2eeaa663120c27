package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.EndReason;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;

/** The states in which an agent desk has the conversation: {@code WAITING} and {@code LIVE}. */
abstract class DeskBehaviour extends Behaviour {
  final PortId desk;

  DeskBehaviour(Conversation conversation, Context context, PortId desk) {
    super(conversation, context);
    this.desk = desk;
  }

  @Override
  Decision customerWrote(CustomerWrote event) {
    customerAnswers();
    draft.answeredCase();
    passToDesk(event);
    return draft.applied();
  }

  /** Passes the customer's message to the desk. */
  final void passToDesk(CustomerWrote event) {
    draft.activity();
    draft.toDesk(desk, new EntryContent.Said(draft.customer(), event.body()), event.sourceId());
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    draft.record(new EntryContent.Pressed(draft.customer(), event.button()));
    draft.activity();
    return draft.applied();
  }

  @Override
  final Decision customerEnded(CustomerEnded event) {
    passToDesk(endOfWork(EndReason.ENDED_BY_CUSTOMER));
    draft.changeCase(CaseChange.status(CaseStatus.SOLVED), draft.customer());
    draft.notifyCustomer(conversation
        .supportCase()
        .map(number -> Notice.of(NoticeKind.CLOSED_BY_CUSTOMER, "case", number))
        .orElseGet(() -> Notice.of(NoticeKind.ENDED_BY_CUSTOMER)));
    draft.handleBy(new Handling.Closed(context.now(), draft.customer()));
    return draft.applied();
  }

  @Override
  final void passToDesk(EntryContent content) {
    draft.toDesk(desk, content, Optional.empty());
  }

  @Override
  final Decision deskSaid(DeskEvent.DeskSaid event) {
    if (event.desk().equals(desk)) {
      draft.say(Participant.RELAY, List.of(event.body()), Optional.empty());
    }
    return draft.applied();
  }

  /** Returns the entry that ends the desk's work on the conversation. */
  abstract EntryContent endOfWork(EndReason reason);
}
