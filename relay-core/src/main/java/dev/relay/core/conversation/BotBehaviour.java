package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.EngineEvent.VirtualAgentAnswered;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.routing.Route;
import dev.relay.core.virtualagent.Answer;
import java.util.Optional;

/** State {@code BOT}: the virtual agent has the conversation. */
final class BotBehaviour extends Behaviour {
  private final Handling.Bot handling;

  BotBehaviour(Conversation conversation, Context context, Handling.Bot handling) {
    super(conversation, context);
    this.handling = handling;
  }

  @Override
  Decision customerWrote(CustomerWrote event) {
    EntryContent said = new EntryContent.Said(draft.customer(), event.body());
    draft.activity();
    String words = event.body().text();
    Optional<SupportCase> answered = new CaseNews(draft, context).answered();
    if (answered.isPresent()) {
      draft.record(said, event.sourceId());
      takeUpAgain(answered.get());
      return draft.applied();
    }
    if (!isRoutedToAgent()) {
      draft.toVirtualAgent(said, event.sourceId());
      return draft.applied();
    }
    if (context.isStaffed(conversation.route().queue())) {
      draft.record(said, event.sourceId());
      draft.resolve(Resolution.HANDED_OFF);
      new Handoff(draft, context).request(words, byRule());
    } else {
      draft.toVirtualAgent(said, event.sourceId());
      new Handoff(draft, context).request(words, byRule());
    }
    return draft.applied();
  }

  @Override
  SupportCase file(CustomerEvent.CaseFiled event) {
    draft.record(CaseOpening.words(event, draft.customer()));
    SupportCase filed = new CaseOpening(draft, context).file(event);
    if (isRoutedToAgent()) {
      draft.resolve(Resolution.HANDED_OFF);
      new Handoff(draft, context).request(CaseOpening.text(event), byRule());
    }
    return filed;
  }

  /** Hands a customer who answers a notice of a case to the live agents who work on the case, not to the virtual agent. */
  private void takeUpAgain(SupportCase told) {
    new CaseOpening(draft, context).takeUpAgain(told);
    draft.resolve(Resolution.REOPENED);
    new Handoff(draft, context)
        .requestFor(told.number(), Reason.of(Reason.Code.ANSWERED, "case", told.number()));
  }

  /** Links the conversation to the case of the notice, unless it is about another case that is unsolved. */
  @Override
  Decision caseStatusChanged(EngineEvent.CaseStatusChanged event) {
    if (draft.supportCase().filter(it -> it.status().isUnsolved()).isEmpty()) {
      SupportCase told = event.supportCase();
      draft.pointTo(context.supportCase(told.number()).orElse(told));
    }
    return super.caseStatusChanged(event);
  }

  private boolean isRoutedToAgent() {
    return conversation.isNew() && conversation.route().to() == Route.ServedBy.LIVE_AGENT;
  }

  private Reason byRule() {
    return Reason.of(Reason.Code.NAMED_RULE, "rule", conversation.route().rule());
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    Optional<SupportCase> answered = new CaseNews(draft, context).answered();
    draft.record(new EntryContent.Pressed(draft.customer(), event.button()));
    draft.activity();
    boolean needsPerson =
        event.button() == Button.TALK_TO_PERSON || event.button() == Button.STILL_NEED_HELP;
    if (needsPerson && answered.isPresent()) {
      takeUpAgain(answered.get());
    } else if (needsPerson) {
      handOver(Answer.HandOverReason.ASKED);
    } else if (event.button() == Button.IT_IS_SOLVED) {
      draft.changeCase(CaseChange.status(CaseStatus.SOLVED), draft.customer());
      draft.notifyCustomer(Notice.of(NoticeKind.GLAD_IT_HELPED));
    } else if (event.button() == Button.THAT_HELPED) {
      draft.resolve(Resolution.CONFIRMED);
      draft.handleBy(new Handling.Bot(0));
      draft.notifyUnlessJustRead(Notice.of(NoticeKind.GLAD_IT_HELPED));
    } else {
      draft.resolve(Resolution.REJECTED);
      // Pressed once more, the button says nothing new: the answer is the same.
      if (draft.notifyUnlessJustRead(Notice.of(NoticeKind.SORRY_IT_DID_NOT_HELP))) {
        draft.handleBy(new Handling.Bot(handling.misses() + 1));
      }
    }
    return draft.applied();
  }

  @Override
  Decision customerEnded(CustomerEnded event) {
    if (conversation.resolution() == Resolution.ANSWERED) {
      draft.resolve(Resolution.ASSUMED);
    }
    draft.notifyCustomer(Notice.of(NoticeKind.ENDED_BY_CUSTOMER));
    draft.handleBy(new Handling.Closed(context.now(), draft.customer()));
    return draft.applied();
  }

  @Override
  void passToDesk(EntryContent change) {
    draft.record(change);
  }

  /** Lets a live agent join while the virtual agent still has the conversation. */
  @Override
  Decision agentJoined(AgentJoined event) {
    new CaseOpening(draft, context).ensure("");
    draft.resolve(Resolution.HANDED_OFF);
    new Joining(draft, context)
        .join(event.agent(), event.desk(), conversation.route().queue(), context.now());
    return draft.applied();
  }

  /** Begins the conversation with the live agent, or takes it from the virtual agent. */
  @Override
  Decision agentWroteFirst(DeskEvent.AgentWroteFirst event) {
    WritingFirst first = new WritingFirst(draft, context, event);
    Optional<Refusal> refusal = first.refusal();
    if (refusal.isPresent()) {
      return new Decision.Refused(refusal.get());
    }
    if (!conversation.isNew()) {
      draft.resolve(Resolution.HANDED_OFF);
    }
    first.begin();
    return draft.applied();
  }

  @Override
  Decision virtualAgentAnswered(VirtualAgentAnswered event) {
    Participant virtualAgent = context.virtualAgent();
    if (event.answer() instanceof Answer.Replied replied) {
      draft.say(virtualAgent, replied.replies(), Optional.of(event.sourceId()));
      int misses = misses(replied.outcome());
      if (replied.outcome() == Answer.Outcome.ANSWERED) {
        draft.resolve(Resolution.ANSWERED);
      }
      draft.handleBy(new Handling.Bot(misses));
    } else if (event.answer() instanceof Answer.HandOver handOver) {
      draft.say(virtualAgent, handOver.replies(), Optional.of(event.sourceId()));
      handOver(handOver.reason());
    } else {
      handOver(Answer.HandOverReason.VIRTUAL_AGENT_FAILED);
    }
    return draft.applied();
  }

  /**
   * Closes the conversation, unless its case is unsolved. Until the case is solved, its notices come in this conversation, and the
   * customer's next message is about it.
   */
  @Override
  Decision timeIsUp() {
    if (conversation.resolution() == Resolution.ANSWERED) {
      draft.resolve(Resolution.ASSUMED);
    }
    if (draft.supportCase().filter(it -> it.status().isUnsolved()).isPresent()) {
      draft.wakeAgain();
      return draft.applied();
    }
    draft.handleBy(new Handling.Closed(context.now(), Participant.RELAY));
    return draft.applied();
  }

  private void handOver(Answer.HandOverReason why) {
    draft.resolve(Resolution.HANDED_OFF);
    NoticeKind notice = why == Answer.HandOverReason.VIRTUAL_AGENT_FAILED
        ? NoticeKind.VIRTUAL_AGENT_FAILED
        : NoticeKind.QUEUE_POSITION;
    new Handoff(draft, context).request("", Reason.of(code(why)), notice);
  }

  private int misses(Answer.Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> 0;
      case MISSED -> handling.misses() + 1;
      case CHATTED -> handling.misses();
    };
  }

  private static Reason.Code code(Answer.HandOverReason reason) {
    return switch (reason) {
      case ASKED -> Reason.Code.ASKED;
      case VIRTUAL_AGENT -> Reason.Code.VIRTUAL_AGENT;
      case VIRTUAL_AGENT_FAILED -> Reason.Code.VIRTUAL_AGENT_FAILED;
      case ROUTING_RULE -> Reason.Code.RULE;
    };
  }
}
