package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.DeskEvent.AgentTookOver;
import dev.relay.core.conversation.DeskEvent.DeskDeclined;
import dev.relay.core.conversation.EngineEvent.CaseChanged;
import dev.relay.core.conversation.EngineEvent.HandoffFailed;
import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.EndReason;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.team.Team.Offering;
import java.util.Optional;

/** State {@code WAITING}: the conversation waits for a live agent. */
final class WaitingBehaviour extends DeskBehaviour {
  private final Handling.Waiting handling;

  WaitingBehaviour(Conversation conversation, Context context, Handling.Waiting handling) {
    super(conversation, context, handling.desk());
    this.handling = handling;
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    Decision recorded = super.customerPressed(event);
    if (event.button() != Button.TALK_TO_PERSON) {
      return recorded;
    }
    int position = context
        .queuePosition()
        .orElseGet(() -> context.waitingBefore(handling.queue(), handling.turn()) + 1);
    draft.notifyCustomer(Notice.of(NoticeKind.STILL_IN_QUEUE, "position", position));
    return draft.applied();
  }

  @Override
  EntryContent endOfWork(EndReason reason) {
    return new EntryContent.HandoffWithdrawn(reason.words());
  }

  @Override
  Decision agentJoined(AgentJoined event) {
    Optional<Offering.Offer> toAnother = handling
        .offering()
        .openAt(context.now())
        .filter(offer -> event.desk().equals(desk))
        .filter(offer -> !offer.agent().equals(event.agent().id()));
    if (toAnother.isPresent()) {
      return refuse(
          Refusal.Code.ALREADY_TAKEN,
          "conversation " + conversation.id() + " is offered to "
              + toAnother.get().agent() + " until " + toAnother.get().until());
    }
    return join(event);
  }

  /** Lets a live agent take the conversation from the one to whom it is offered, as from one who has it. */
  @Override
  Decision agentTookOver(AgentTookOver event) {
    return join(new AgentJoined(event.conversation(), event.key(), event.desk(), event.agent()));
  }

  private Decision join(AgentJoined event) {
    if (handling.offering().isTo(event.agent().id())) {
      new Offers(draft, context).answered(event.agent().id());
    }
    if (!event.desk().equals(desk)) {
      draft.drop(Destination.DESK);
      passToDesk(endOfWork(EndReason.ACCEPTED_ELSEWHERE));
    }
    new Joining(draft, context)
        .join(event.agent(), event.desk(), handling.queue(), handling.since());
    return draft.applied();
  }

  /** Lets the agent join: the customer waits no longer. */
  @Override
  Decision agentWroteFirst(DeskEvent.AgentWroteFirst event) {
    WritingFirst first = new WritingFirst(draft, context, event);
    Optional<Refusal> refusal = first.refusal();
    if (refusal.isPresent()) {
      return new Decision.Refused(refusal.get());
    }
    Decision joined = agentJoined(
        new AgentJoined(event.conversation(), event.key(), event.desk(), event.agent()));
    if (joined instanceof Decision.Refused) {
      return joined;
    }
    first.add();
    return draft.applied();
  }

  @Override
  Decision agentTransferred(DeskEvent.AgentTransferred event) {
    Transfer transfer = new Transfer(draft, context);
    Optional<Refusal> fault = transfer.fault(event);
    if (fault.isPresent()) {
      return new Decision.Refused(fault.get());
    }
    transfer.note(event);
    if (event.to() instanceof DeskEvent.AgentTransferred.ToAgent to) {
      if (!context.teamDesk().equals(Optional.of(desk))) {
        draft.drop(Destination.DESK);
        passToDesk(endOfWork(EndReason.PASSED_ELSEWHERE));
      }
      transfer.toAgent(to, handling.queue(), handling.since());
      return draft.applied();
    }
    QueueName queue = ((DeskEvent.AgentTransferred.ToQueue) event.to()).queue();
    if (!queue.equals(handling.queue())) {
      transfer.moveCase(queue, event.by());
      conversation
          .supportCase()
          .ifPresent(number -> new Handoff(draft, context).move(number, handling, queue));
    }
    return draft.applied();
  }

  /**
   * Moves the conversation with its case to another queue, and to the place of another priority; ends the wait if the case was solved in
   * another conversation.
   */
  @Override
  Decision caseChanged(CaseChanged event) {
    SupportCase changed = event.supportCase();
    if (!changed.status().isUnsolved()) {
      return solvedMeanwhile(changed);
    }
    if (!changed.queue().equals(handling.queue()) || changed.priority() != handling.priority()) {
      new Handoff(draft, context).requeue(changed.number(), handling, changed);
    }
    return draft.applied();
  }

  /** Ends the wait if the conversation's case was solved meanwhile: nobody is to answer any longer. */
  @Override
  Decision caseStatusChanged(EngineEvent.CaseStatusChanged event) {
    SupportCase changed = event.supportCase();
    if (changed.status().isUnsolved()
        || !conversation.supportCase().equals(Optional.of(changed.number()))) {
      return super.caseStatusChanged(event);
    }
    return solvedMeanwhile(changed);
  }

  /** Tells the customer even if they receive no notices of cases: they were promised an answer here. */
  private Decision solvedMeanwhile(SupportCase solved) {
    draft.notifyCustomer(new Notice(NoticeKind.CASE_SOLVED, CaseNews.arguments(solved)));
    draft.drop(Destination.DESK);
    passToDesk(endOfWork(EndReason.CASE_SOLVED));
    draft.handleBy(new Handling.Bot(0));
    draft.activity();
    return draft.applied();
  }

  @Override
  Decision offerDue() {
    new Offers(draft, context).make(handling);
    return draft.applied();
  }

  @Override
  Decision offerOver() {
    new Offers(draft, context).end(handling);
    return draft.applied();
  }

  @Override
  Decision offerDeclined(DeskEvent.OfferDeclined event) {
    new Offers(draft, context).decline(handling, event.agent().id());
    return draft.applied();
  }

  @Override
  Decision deskDeclined(DeskDeclined event) {
    return event.desk().equals(desk) ? cannotAccept(event.reason()) : draft.applied();
  }

  @Override
  Decision handoffFailed(HandoffFailed event) {
    return cannotAccept(event.reason());
  }

  @Override
  Decision deskDown(EngineEvent.DeskDown event) {
    return event.desk().equals(desk) ? cannotAccept(event.reason()) : draft.applied();
  }

  private Decision cannotAccept(String why) {
    if (new Handoff(draft, context).passOn(handling, why)) {
      return draft.applied();
    }
    draft.drop(Destination.DESK);
    return backToVirtualAgent(NoticeKind.NO_AGENT);
  }

  @Override
  Decision timeIsUp() {
    draft.drop(Destination.DESK);
    passToDesk(endOfWork(EndReason.NOT_ACCEPTED));
    return backToVirtualAgent(NoticeKind.QUEUE_TIMEOUT);
  }

  @Override
  Decision placeMoved() {
    context
        .queuePosition()
        .ifPresent(position -> conversation
            .supportCase()
            .map(number -> Handoff.place(NoticeKind.QUEUE_POSITION, position, number))
            .ifPresent(draft::updateNotice));
    return draft.applied();
  }

  private Decision backToVirtualAgent(NoticeKind why) {
    String number = conversation.supportCase().map(Object::toString).orElse("");
    draft.notifyCustomer(Notice.of(why, "case", number));
    draft.handleBy(new Handling.Bot(0));
    draft.activity();
    return draft.applied();
  }
}
