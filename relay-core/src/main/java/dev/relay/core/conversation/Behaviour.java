package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.CustomerEvent.CustomerDeleted;
import dev.relay.core.conversation.CustomerEvent.CustomerEdited;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerNotReached;
import dev.relay.core.conversation.CustomerEvent.CustomerNoted;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentDeleted;
import dev.relay.core.conversation.DeskEvent.AgentEdited;
import dev.relay.core.conversation.DeskEvent.AgentEnded;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.DeskEvent.AgentLeft;
import dev.relay.core.conversation.DeskEvent.AgentReplaced;
import dev.relay.core.conversation.DeskEvent.AgentTookOver;
import dev.relay.core.conversation.DeskEvent.AgentWrote;
import dev.relay.core.conversation.DeskEvent.DeskDeclined;
import dev.relay.core.conversation.DeskEvent.DeskSaid;
import dev.relay.core.conversation.EngineEvent.CaseChanged;
import dev.relay.core.conversation.EngineEvent.CaseReminderDue;
import dev.relay.core.conversation.EngineEvent.DeliveryGivenUp;
import dev.relay.core.conversation.EngineEvent.HandoffFailed;
import dev.relay.core.conversation.EngineEvent.VirtualAgentAnswered;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The behaviour of a conversation in one state. Each state overrides what it does differently; the methods here hold for all
 * states that do not.
 */
abstract class Behaviour {
  final Conversation conversation;
  final Context context;
  final Draft draft;

  Behaviour(Conversation conversation, Context context) {
    this.conversation = conversation;
    this.context = context;
    this.draft = new Draft(conversation, context);
  }

  static Behaviour of(Conversation conversation, Context context) {
    Handling handling = conversation.handling();
    if (handling instanceof Handling.Bot bot) {
      return new BotBehaviour(conversation, context, bot);
    }
    if (handling instanceof Handling.Waiting waiting) {
      return new WaitingBehaviour(conversation, context, waiting);
    }
    if (handling instanceof Handling.Live live) {
      return new LiveBehaviour(conversation, context, live);
    }
    return new ClosedBehaviour(conversation, context);
  }

  final Decision on(Event event) {
    if (event instanceof CustomerEvent fromCustomer) {
      if (!fromCustomer.origin().address().equals(conversation.address())) {
        return refuse(
            Refusal.Code.UNKNOWN_CONVERSATION,
            "the customer has no conversation " + conversation.id());
      }
      return context.customer().isBlockedAt(context.now())
          ? refuse(Refusal.Code.BLOCKED, "this customer is blocked and may not write at the moment")
          : woken(fromCustomer, onCustomer(fromCustomer));
    }
    if (event instanceof DeskEvent fromDesk) {
      return onDesk(fromDesk);
    }
    return onEngine((EngineEvent) event);
  }

  /** Brings back the customer's cases that are put aside if they have said something: who waits for them need not wait longer. */
  private Decision woken(CustomerEvent event, Decision decision) {
    boolean says = event instanceof CustomerWrote
        || event instanceof CaseFiled
        || (event instanceof CustomerPressed pressed && !isAboutNotices(pressed.button()));
    // What is said about a conversation that has ended is a rating: nobody waits for it.
    if (!says
        || conversation.state() == ConversationState.CLOSED
        || decision instanceof Decision.Refused) {
      return decision;
    }
    draft.wakeCase(draft.customer());
    if (conversation.isNew()) {
      draft.wakeOtherCases();
    }
    return draft.applied();
  }

  private Decision onCustomer(CustomerEvent event) {
    if (event instanceof CustomerWrote wrote) {
      return customerWrote(wrote);
    }
    if (event instanceof CustomerPressed pressed) {
      if (isAboutNotices(pressed.button())) {
        new CaseNews(draft, context).confirm(pressed.button());
        return draft.applied();
      }
      return customerPressed(pressed);
    }
    if (event instanceof CustomerEdited edited) {
      return customerEdited(edited);
    }
    if (event instanceof CustomerDeleted deleted) {
      return customerDeleted(deleted);
    }
    if (event instanceof CaseFiled filed) {
      return caseFiled(filed);
    }
    if (event instanceof CustomerRated rated) {
      return customerRated(rated);
    }
    if (event instanceof CustomerEvent.RatingCommented commented) {
      return ratingCommented(commented);
    }
    if (event instanceof CustomerEvent.LanguageChosen) {
      return draft.applied();
    }
    if (event instanceof CustomerNotReached notReached) {
      return customerNotReached(notReached);
    }
    if (event instanceof CustomerNoted noted) {
      return customerNoted(noted);
    }
    return customerEnded((CustomerEnded) event);
  }

  private Decision onDesk(DeskEvent event) {
    if (event instanceof AgentJoined joined) {
      return agentJoined(joined);
    }
    if (event instanceof AgentTookOver tookOver) {
      return agentTookOver(tookOver);
    }
    if (event instanceof AgentWrote wrote) {
      return agentWrote(wrote);
    }
    if (event instanceof DeskEvent.AgentWroteFirst first) {
      return agentWroteFirst(first);
    }
    if (event instanceof DeskEvent.MessageScheduled planned) {
      return new WritingLater(draft, context).plan(planned);
    }
    if (event instanceof DeskEvent.ScheduleCancelled cancelled) {
      return new WritingLater(draft, context).cancel(cancelled);
    }
    if (event instanceof AgentEdited edited) {
      return agentEdited(edited);
    }
    if (event instanceof AgentDeleted deleted) {
      return agentDeleted(deleted);
    }
    if (event instanceof DeskEvent.CloseProposed proposed) {
      return closeProposed(proposed);
    }
    if (event instanceof DeskEvent.AgentTransferred transferred) {
      return agentTransferred(transferred);
    }
    if (event instanceof DeskEvent.AgentWhispered whispered) {
      return agentWhispered(whispered);
    }
    if (event instanceof DeskEvent.ColleagueJoined joined) {
      return colleagueJoined(joined);
    }
    if (event instanceof DeskEvent.ColleagueLeft left) {
      return colleagueLeft(left);
    }
    if (event instanceof DeskEvent.OfferDeclined declined) {
      return offerDeclined(declined);
    }
    if (event instanceof AgentLeft left) {
      return agentLeft(left);
    }
    if (event instanceof AgentEnded ended) {
      return agentEnded(ended);
    }
    if (event instanceof AgentReplaced replaced) {
      return agentReplaced(replaced);
    }
    if (event instanceof DeskSaid said) {
      return deskSaid(said);
    }
    if (event instanceof DeskEvent.MacroApplied applied) {
      return macroApplied(applied);
    }
    return deskDeclined((DeskDeclined) event);
  }

  private Decision onEngine(EngineEvent event) {
    if (event instanceof VirtualAgentAnswered answered) {
      return virtualAgentAnswered(answered);
    }
    if (event instanceof DeliveryGivenUp parked) {
      return deliveryGivenUp(parked);
    }
    if (event instanceof HandoffFailed failed) {
      return handoffFailed(failed);
    }
    if (event instanceof EngineEvent.DeskDown down) {
      return deskDown(down);
    }
    if (event instanceof CaseChanged changed) {
      return conversation.supportCase().equals(Optional.of(changed.supportCase().number()))
          ? caseChanged(changed)
          : draft.applied();
    }
    if (event instanceof EngineEvent.CaseMerged merged) {
      return caseMerged(merged);
    }
    if (event instanceof CaseReminderDue reminder) {
      return caseReminderDue(reminder);
    }
    if (event instanceof EngineEvent.CaseStatusChanged changed) {
      return caseStatusChanged(changed);
    }
    if (event instanceof EngineEvent.AgentGone gone) {
      return agentGone(gone);
    }
    if (event instanceof EngineEvent.AgentAbsent absent) {
      return agentAbsent(absent);
    }
    if (event instanceof EngineEvent.OfferDue) {
      return offerDue();
    }
    if (event instanceof EngineEvent.OfferOver) {
      return offerOver();
    }
    if (event instanceof EngineEvent.PlaceMoved) {
      return placeMoved();
    }
    if (event instanceof EngineEvent.TimerDue) {
      return timerDue();
    }
    if (event instanceof EngineEvent.TimerPostponed postponed) {
      draft.postponeTimer(postponed.by());
      return draft.applied();
    }
    throw new IllegalArgumentException("no state answers " + event.getClass().getSimpleName());
  }

  private static boolean isAboutNotices(Button button) {
    return button == Button.STOP_CASE_NOTICES || button == Button.RESUME_CASE_NOTICES;
  }

  // Events of the customer

  abstract Decision customerWrote(CustomerWrote event);

  abstract Decision customerPressed(CustomerPressed event);

  abstract Decision customerEnded(CustomerEnded event);

  /** Passes changes of the customer's own messages to the desk, if one has the conversation. */
  abstract void passToDesk(EntryContent change);

  Decision customerEdited(CustomerEdited event) {
    if (event.text().isBlank() || event.text().length() > MessageBody.MAX_TEXT) {
      return refuse(
          Refusal.Code.INVALID,
          "an edited text must have 1 to " + MessageBody.MAX_TEXT + " characters");
    }
    Optional<TranscriptEntry> target =
        ownMessage(new EntryRef.BySource(event.sourceId()), draft.customer());
    if (target.isEmpty()) {
      return unknownMessage();
    }
    passToDesk(new EntryContent.Edited(draft.customer(), target.get().id(), event.text()));
    return draft.applied();
  }

  Decision customerDeleted(CustomerDeleted event) {
    Optional<TranscriptEntry> target =
        ownMessage(new EntryRef.BySource(event.sourceId()), draft.customer());
    if (target.isEmpty()) {
      return unknownMessage();
    }
    passToDesk(new EntryContent.Deleted(draft.customer(), target.get().id()));
    return draft.applied();
  }

  Decision customerRated(CustomerRated event) {
    return notEnded();
  }

  Decision ratingCommented(CustomerEvent.RatingCommented event) {
    return notEnded();
  }

  private Decision notEnded() {
    return refuse(
        Refusal.Code.INVALID,
        "conversation " + conversation.id() + " can be rated once it has ended; it is "
            + conversation.state());
  }

  /** Takes note that the customer has said something. */
  void customerAnswers() {}

  Decision customerNotReached(CustomerNotReached event) {
    passToDesk(notDelivered(event.reason()));
    return draft.applied();
  }

  private Decision customerNoted(CustomerNoted event) {
    customerAnswers();
    draft.activity();
    passToDesk(new EntryContent.Said(draft.customer(), event.body()));
    return draft.applied();
  }

  private static EntryContent notDelivered(String reason) {
    return new EntryContent.Notified(Notice.of(NoticeKind.DELIVERY_FAILED, "reason", reason));
  }

  Decision caseFiled(CaseFiled event) {
    Optional<String> fault = CaseOpening.fault(event);
    if (fault.isPresent()) {
      return refuse(Refusal.Code.INVALID, fault.get());
    }
    customerAnswers();
    draft.activity();
    SupportCase filed = file(event);
    new CaseCard(draft, context).show(filed);
    return draft.applied();
  }

  /** Opens the case of a form. If a desk has the conversation, its agent sees the form and continues with the case they have. */
  SupportCase file(CaseFiled event) {
    passToDesk(CaseOpening.words(event, draft.customer()));
    return new CaseOpening(draft, context).fileBeside(event);
  }

  // Events of the desk and its live agents

  abstract Decision agentJoined(AgentJoined event);

  /** An agent who takes over a conversation that no other agent has joins it. */
  Decision agentTookOver(AgentTookOver event) {
    return agentJoined(
        new AgentJoined(event.conversation(), event.key(), event.desk(), event.agent()));
  }

  Decision agentWrote(AgentWrote event) {
    return notLive();
  }

  abstract Decision agentWroteFirst(DeskEvent.AgentWroteFirst event);

  Decision agentEdited(AgentEdited event) {
    return notLive();
  }

  Decision agentDeleted(AgentDeleted event) {
    return notLive();
  }

  Decision closeProposed(DeskEvent.CloseProposed event) {
    return notLive();
  }

  Decision agentTransferred(DeskEvent.AgentTransferred event) {
    return notLive();
  }

  /** Records an internal message, which has no destination. */
  Decision agentWhispered(DeskEvent.AgentWhispered event) {
    if (event.text().isBlank() || event.text().length() > EntryContent.Whispered.MAX_TEXT) {
      return refuse(
          Refusal.Code.INVALID,
          "an internal message must have 1 to " + EntryContent.Whispered.MAX_TEXT + " characters");
    }
    draft.record(new EntryContent.Whispered(event.agent(), event.text()));
    return draft.applied();
  }

  Decision colleagueJoined(DeskEvent.ColleagueJoined event) {
    return notLive();
  }

  /** Changes nothing: whoever helped in a conversation has left when it is no longer live. */
  Decision colleagueLeft(DeskEvent.ColleagueLeft event) {
    return draft.applied();
  }

  Decision agentLeft(AgentLeft event) {
    return notLive();
  }

  Decision agentEnded(AgentEnded event) {
    return notLive();
  }

  Decision macroApplied(DeskEvent.MacroApplied event) {
    return notLive();
  }

  /** Ignores a desk that declines although nobody waits: a desk may report late. */
  Decision deskDeclined(DeskDeclined event) {
    return draft.applied();
  }

  /** Lets the agent join if no agent has the conversation. */
  Decision agentReplaced(AgentReplaced event) {
    return agentJoined(
        new AgentJoined(event.conversation(), event.key(), event.desk(), event.agent()));
  }

  /** Ignores the message of a desk that does not have the conversation. */
  Decision deskSaid(DeskSaid event) {
    return draft.applied();
  }

  // Events inside Relay

  /** Ignores the late answer of a virtual agent once a live agent was requested. */
  Decision virtualAgentAnswered(VirtualAgentAnswered event) {
    return draft.applied();
  }

  /**
   * Ignores a failed handoff if nobody is waiting any longer: a live agent may have found the conversation without being asked.
   */
  Decision handoffFailed(HandoffFailed event) {
    return draft.applied();
  }

  /** Ignores the outage of a desk that does not have the conversation. */
  Decision deskDown(EngineEvent.DeskDown event) {
    return draft.applied();
  }

  Decision deliveryGivenUp(DeliveryGivenUp event) {
    boolean reachesDesk = event.destination() == Destination.CUSTOMER
        || (event.destination() == Destination.DESK && !event.parked());
    if (reachesDesk) {
      passToDesk(notDelivered(event.reason()));
    } else {
      draft.record(notDelivered(event.reason()));
    }
    return draft.applied();
  }

  /** Ignores that an agent is gone who has nothing here. */
  Decision agentGone(EngineEvent.AgentGone event) {
    return draft.applied();
  }

  /** Ignores that an agent is absent who has nothing here. */
  Decision agentAbsent(EngineEvent.AgentAbsent event) {
    return draft.applied();
  }

  /** Ignores a declined offer that was answered meanwhile. */
  Decision offerDeclined(DeskEvent.OfferDeclined event) {
    return draft.applied();
  }

  /** Only a waiting conversation is offered. */
  Decision offerDue() {
    return draft.applied();
  }

  /** Only a waiting conversation has an offer that could end. */
  Decision offerOver() {
    return draft.applied();
  }

  /** Ignores a change of the case's queue or priority if nobody waits in a queue. */
  Decision caseChanged(CaseChanged event) {
    return draft.applied();
  }

  /** Tells the customer what became of their case. */
  Decision caseStatusChanged(EngineEvent.CaseStatusChanged event) {
    new CaseNews(draft, context).tell(event.supportCase(), event.before());
    return draft.applied();
  }

  /** Continues with the case that remains, at the place that its queue and priority give. */
  private Decision caseMerged(EngineEvent.CaseMerged event) {
    Optional<CaseNumber> own = conversation.supportCase();
    boolean isConcerned = own.equals(Optional.of(event.from()))
        || own.equals(Optional.of(event.remaining().number()));
    if (!isConcerned || conversation.state() == ConversationState.CLOSED) {
      return draft.applied();
    }
    draft.pointTo(event.remaining());
    return caseChanged(new CaseChanged(event.conversation(), event.remaining()));
  }

  private Decision caseReminderDue(CaseReminderDue event) {
    if (!context.customer().toldOfCases()) {
      return draft.applied();
    }
    SupportCase pending = event.supportCase();
    draft.notifyCustomer(new Notice(
        NoticeKind.CASE_REMINDER,
        Map.of("case", pending.number().toString(), "subject", pending.subject())));
    return draft.applied();
  }

  /**
   * Ignores a timer that is not due any longer, because somebody wrote in the meantime; one that has fired early is set to the end of the
   * idle time, and one that was set by a clock that was ahead is brought back.
   */
  private Decision timerDue() {
    Optional<Instant> wakeAt = conversation.wakeAt();
    if (wakeAt.isPresent() && !context.now().isBefore(wakeAt.get())) {
      if (draft.isTimeUp()) {
        return timeIsUp();
      }
      draft.wakeAtEndOfIdleTime();
      return draft.applied();
    }
    draft.bringTimerBack();
    return draft.applied();
  }

  /** Decides what happens when nobody has done anything for as long as this state allows. */
  abstract Decision timeIsUp();

  /** Only a customer who waits has a place. */
  Decision placeMoved() {
    return draft.applied();
  }

  // Shared answers

  final Optional<TranscriptEntry> ownMessage(EntryRef ref, Participant author) {
    return context
        .find(ref, Side.of(author))
        .filter(entry ->
            entry.content() instanceof EntryContent.Said said && said.author().isSameAs(author));
  }

  static Decision refuse(Refusal.Code code, String message) {
    return new Decision.Refused(new Refusal(code, message));
  }

  final Decision unknownMessage() {
    return refuse(
        Refusal.Code.UNKNOWN_MESSAGE,
        "conversation " + conversation.id() + " has no such message by this author");
  }

  Decision notLive() {
    return refuse(
        Refusal.Code.NOT_LIVE,
        "conversation " + conversation.id() + " is " + conversation.state() + ": accept it first");
  }
}
