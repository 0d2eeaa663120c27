package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.conversation.DeskEvent.AgentDeleted;
import dev.relay.core.conversation.DeskEvent.AgentEdited;
import dev.relay.core.conversation.DeskEvent.AgentEnded;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.DeskEvent.AgentLeft;
import dev.relay.core.conversation.DeskEvent.AgentTookOver;
import dev.relay.core.conversation.DeskEvent.AgentWrote;
import dev.relay.core.conversation.DeskEvent.DeskDeclined;
import dev.relay.core.conversation.DeskEvent.MacroApplied;
import dev.relay.core.conversation.EngineEvent.CaseChanged;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.EndReason;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.team.Team;
import dev.relay.core.workspace.Workspace.Macro;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** State {@code LIVE}: one live agent has the conversation, and nobody else answers. */
final class LiveBehaviour extends DeskBehaviour {
  /** A yes in the shipped languages, in small letters and without accents. */
  private static final Set<String> YES =
      Set.of("yes", "solved", "it is solved", "si", "resuelto", "esta resuelto");

  private static final int LONGEST_YES = 30;

  private static final Set<CaseStatus> ENDINGS =
      EnumSet.of(CaseStatus.SOLVED, CaseStatus.PENDING, CaseStatus.OPEN);

  private final Handling.Live handling;

  LiveBehaviour(Conversation conversation, Context context, Handling.Live handling) {
    super(conversation, context, handling.desk());
    this.handling = handling;
  }

  @Override
  EntryContent endOfWork(EndReason reason) {
    return new EntryContent.ConversationEnded(reason.words());
  }

  @Override
  Decision agentJoined(AgentJoined event) {
    return event.agent().isSameAs(handling.agent()) ? draft.applied() : anotherAgentHasIt();
  }

  @Override
  Decision agentReplaced(DeskEvent.AgentReplaced event) {
    if (!event.desk().equals(desk)) {
      return anotherAgentHasIt();
    }
    return replacedBy(event.agent(), event.desk());
  }

  /** Gives the conversation to an agent who takes over from another one: they may be away, or no longer work here. */
  @Override
  Decision agentTookOver(AgentTookOver event) {
    if (event.agent().isSameAs(handling.agent())) {
      return draft.applied();
    }
    if (!event.desk().equals(desk)) {
      draft.drop(Destination.DESK);
      passToDesk(endOfWork(EndReason.TAKEN_ELSEWHERE));
    }
    return replacedBy(event.agent(), event.desk());
  }

  private Decision replacedBy(Participant agent, PortId at) {
    if (!agent.isSameAs(handling.agent())) {
      new Joining(draft, context).join(agent, at, handling.queue(), handling.waitedSince());
    }
    return draft.applied();
  }

  /** Follows the case to another queue, to which the conversation returns if its agent leaves. */
  @Override
  Decision caseChanged(CaseChanged event) {
    draft.adjust(handling.from(event.supportCase().queue()));
    return draft.applied();
  }

  /** Stays silent about the conversation's own case: its agent is talking with the customer. */
  @Override
  Decision caseStatusChanged(EngineEvent.CaseStatusChanged event) {
    return event.concerns(conversation) ? draft.applied() : super.caseStatusChanged(event);
  }

  @Override
  Decision agentWrote(AgentWrote event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    draft.activity();
    draft.toCustomer(new EntryContent.Said(handling.agent(), event.body()), event.sourceId());
    return draft.applied();
  }

  @Override
  Decision agentWroteFirst(DeskEvent.AgentWroteFirst event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    WritingFirst first = new WritingFirst(draft, context, event);
    Optional<Refusal> refusal = first.refusal();
    if (refusal.isPresent()) {
      return new Decision.Refused(refusal.get());
    }
    first.add();
    return draft.applied();
  }

  @Override
  Decision agentEdited(AgentEdited event) {
    if (event.text().isBlank() || event.text().length() > MessageBody.MAX_TEXT) {
      return refuse(
          Refusal.Code.INVALID,
          "an edited text must have 1 to " + MessageBody.MAX_TEXT + " characters");
    }
    Optional<TranscriptEntry> target = ownMessage(event.target(), event.agent());
    if (target.isEmpty()) {
      return unknownMessage();
    }
    draft.toCustomer(
        new EntryContent.Edited(event.agent(), target.get().id(), event.text()), Optional.empty());
    return draft.applied();
  }

  @Override
  Decision agentDeleted(AgentDeleted event) {
    Optional<TranscriptEntry> target = ownMessage(event.target(), event.agent());
    if (target.isEmpty()) {
      return unknownMessage();
    }
    draft.toCustomer(new EntryContent.Deleted(event.agent(), target.get().id()), Optional.empty());
    return draft.applied();
  }

  /** Asks the customer whether the matter is solved, once until they answer. */
  @Override
  Decision closeProposed(DeskEvent.CloseProposed event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    if (handling.closeProposedAt().isPresent()) {
      return draft.applied();
    }
    draft.activity();
    draft.handleBy(handling.closeProposed(Optional.of(context.now())));
    draft.notifyCustomer(new Notice(
        NoticeKind.CLOSE_PROPOSED,
        Map.of("agent", handling.agent().displayName(), "case", number())));
    return draft.applied();
  }

  /** Takes new words as the answer that help is still needed. */
  @Override
  void customerAnswers() {
    if (handling.closeProposedAt().isPresent()) {
      draft.handleBy(handling.closeProposed(Optional.empty()));
    }
  }

  /** Takes a plain yes to the question whether it is solved as the button, which phones do not have. The agent reads the words. */
  @Override
  Decision customerWrote(CustomerEvent.CustomerWrote event) {
    boolean confirms = handling.closeProposedAt().isPresent()
        && event.body().attachments().isEmpty()
        && event.body().text().length() <= LONGEST_YES
        && YES.contains(RatingInWords.plain(event.body().text()));
    if (!confirms) {
      return super.customerWrote(event);
    }
    passToDesk(event);
    return confirmed();
  }

  private Decision confirmed() {
    return closeAsSolved(draft.customer(), NoticeKind.ENDED_SOLVED, EndReason.CONFIRMED);
  }

  @Override
  Decision customerPressed(CustomerEvent.CustomerPressed event) {
    if (handling.closeProposedAt().isPresent() && event.button() == Button.IT_IS_SOLVED) {
      draft.record(new EntryContent.Pressed(draft.customer(), event.button()));
      draft.activity();
      return confirmed();
    }
    if (event.button() == Button.STILL_NEED_HELP || event.button() == Button.TALK_TO_PERSON) {
      customerAnswers();
      draft.answeredCase();
    }
    return super.customerPressed(event);
  }

  private Decision closeAsSolved(Participant by, NoticeKind notice, EndReason reason) {
    draft.changeCase(CaseChange.status(CaseStatus.SOLVED), by);
    draft.notifyCustomer(Notice.of(notice, "case", number()));
    passToDesk(endOfWork(reason));
    draft.handleBy(new Handling.Closed(context.now(), by));
    return draft.applied();
  }

  private String number() {
    return conversation.supportCase().map(Object::toString).orElse("");
  }

  @Override
  Decision agentTransferred(DeskEvent.AgentTransferred event) {
    if (!event.supervises() && !event.by().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    Transfer transfer = new Transfer(draft, context);
    Optional<Refusal> fault = transfer.fault(event);
    if (fault.isPresent()) {
      return new Decision.Refused(fault.get());
    }
    transfer.note(event);
    if (event.to() instanceof DeskEvent.AgentTransferred.ToAgent to) {
      if (!to.agent().equals(handling.agent().id())) {
        if (!context.teamDesk().equals(Optional.of(desk))) {
          draft.drop(Destination.DESK);
          passToDesk(endOfWork(EndReason.PASSED_ELSEWHERE));
        }
        transfer.toAgent(to, handling.queue(), handling.waitedSince());
      }
      return draft.applied();
    }
    QueueName queue = ((DeskEvent.AgentTransferred.ToQueue) event.to()).queue();
    draft.activity();
    conversation
        .supportCase()
        .ifPresent(number ->
            new Handoff(draft, context).enqueueTransferred(number, handling, queue, event.by()));
    return draft.applied();
  }

  @Override
  Decision colleagueJoined(DeskEvent.ColleagueJoined event) {
    Participant colleague = event.agent();
    List<Participant> others = handling.colleaguesWithout(colleague);
    if (colleague.isSameAs(handling.agent())
        || others.size() < handling.colleagues().size()) {
      return draft.applied();
    }
    if (context.team().hasLeft(colleague.id())) {
      return refuse(Refusal.Code.INVALID, "\"" + colleague.id() + "\" takes no part any longer");
    }
    if (others.size() == Handling.Live.MAX_COLLEAGUES) {
      return refuse(
          Refusal.Code.INVALID,
          "at most " + Handling.Live.MAX_COLLEAGUES + " colleagues can join a conversation");
    }
    draft.adjust(
        handling.helpedBy(Stream.concat(others.stream(), Stream.of(colleague)).toList()));
    return draft.applied();
  }

  @Override
  Decision colleagueLeft(DeskEvent.ColleagueLeft event) {
    draft.adjust(handling.helpedBy(handling.colleaguesWithout(event.agent())));
    return draft.applied();
  }

  /** Returns the conversation of an agent who is gone to its queue, at the place that it had; one who helped no longer does. */
  @Override
  Decision agentGone(EngineEvent.AgentGone event) {
    if (handling.isHelpedBy(event.agent())) {
      draft.adjust(handling.helpedBy(handling.colleagues().stream()
          .filter(it -> !it.id().equals(event.agent()))
          .toList()));
    }
    return released(event.agent(), Reason.Code.DISABLED);
  }

  /** Does the same for an agent who is still absent. */
  @Override
  Decision agentAbsent(EngineEvent.AgentAbsent event) {
    boolean isAbsent = context
        .team()
        .member(event.agent())
        .filter(it -> it.presence().status() == Team.Status.OFFLINE)
        .isPresent();
    return isAbsent ? released(event.agent(), Reason.Code.ABSENT) : draft.applied();
  }

  private Decision released(String agent, Reason.Code why) {
    if (handling.agent().id().equals(agent)) {
      draft.changeCase(CaseChange.none().withAssignee(Optional.empty()), Participant.RELAY);
      conversation
          .supportCase()
          .ifPresent(
              number -> new Handoff(draft, context).enqueueAgain(number, handling, Reason.of(why)));
    }
    return draft.applied();
  }

  @Override
  Decision agentLeft(AgentLeft event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    draft.activity();
    conversation
        .supportCase()
        .ifPresent(number -> new Handoff(draft, context)
            .enqueueAgain(number, handling, Reason.of(Reason.Code.LEFT)));
    return draft.applied();
  }

  @Override
  Decision agentEnded(AgentEnded event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    if (!ENDINGS.contains(event.caseStatus())) {
      return refuse(
          Refusal.Code.INVALID,
          "a conversation must end with its case in one of " + ENDINGS + ", not in "
              + event.caseStatus());
    }
    end(event.caseStatus());
    return draft.applied();
  }

  private void end(CaseStatus caseStatus) {
    draft.changeCase(CaseChange.status(caseStatus), handling.agent());
    boolean solved = draft
        .supportCase()
        .map(it -> !it.status().isUnsolved())
        .orElse(caseStatus == CaseStatus.SOLVED);
    draft.notifyCustomer(
        Notice.of(solved ? NoticeKind.ENDED_SOLVED : NoticeKind.ENDED_PENDING, "case", number()));
    passToDesk(endOfWork(EndReason.ENDED_BY_AGENT));
    draft.handleBy(new Handling.Closed(context.now(), handling.agent()));
  }

  /** Applies a macro in one decision, so that a part that is not allowed refuses all of it. */
  @Override
  Decision macroApplied(MacroApplied event) {
    if (!event.agent().isSameAs(handling.agent())) {
      return anotherAgentHasIt();
    }
    Macro macro = event.macro();
    Optional<String> fault = faultOf(macro);
    if (fault.isPresent()) {
      return refuse(Refusal.Code.INVALID, fault.get());
    }
    draft.activity();
    event
        .body()
        .ifPresent(body ->
            draft.toCustomer(new EntryContent.Said(handling.agent(), body), event.sourceId()));
    draft.recordInCase(handling.agent(), "macro", event.name());
    Optional<CaseDecision.Refused> refused =
        draft.changeCaseOrRefuse(changeBy(macro), handling.agent());
    if (refused.isPresent()) {
      return refuse(
          Refusal.Code.INVALID, "the macro was not applied: " + refused.get().reason());
    }
    macro.note().ifPresent(text -> draft.note(handling.agent(), text));
    macro.queue().ifPresent(queue -> draft.adjust(handling.from(queue)));
    if (macro.ends()) {
      end(macro.status().orElse(CaseStatus.SOLVED));
    }
    return draft.applied();
  }

  private Optional<String> faultOf(Macro macro) {
    return macro
        .queue()
        .filter(queue -> !context.queues().contains(queue))
        .map(queue -> "the macro was not applied: queue \"" + queue + "\" is not one of "
            + new TreeSet<>(context.queues().stream().map(QueueName::value).toList()));
  }

  private CaseChange changeBy(Macro macro) {
    Set<String> tags = new HashSet<>(macro.tags());
    draft.supportCase().ifPresent(it -> tags.addAll(it.tags()));
    return new CaseChange(
        macro.ends() ? Optional.empty() : macro.status(),
        macro.priority(),
        Optional.empty(),
        Optional.empty(),
        macro.tags().isEmpty() ? Optional.empty() : Optional.of(tags),
        macro.queue(),
        Optional.empty());
  }

  /**
   * Queues a conversation that its desk has lost, at another desk if possible, so that the customer does not write to nobody.
   */
  @Override
  Decision deskDeclined(DeskDeclined event) {
    return event.desk().equals(desk) ? lost(event.reason()) : draft.applied();
  }

  /** Queues a conversation whose agent the customer's words do not reach: its desk has lost it, whatever its agent still sees. */
  @Override
  Decision deskDown(EngineEvent.DeskDown event) {
    return event.desk().equals(desk) ? lost(event.reason()) : draft.applied();
  }

  private Decision lost(String reason) {
    draft.activity();
    conversation
        .supportCase()
        .ifPresent(number -> new Handoff(draft, context).enqueueLost(number, handling, reason));
    return draft.applied();
  }

  @Override
  Decision timeIsUp() {
    if (handling.closeProposedAt().isPresent()) {
      return closeAsSolved(Participant.RELAY, NoticeKind.CLOSED_UNANSWERED, EndReason.UNCONFIRMED);
    }
    draft.changeCase(CaseChange.status(CaseStatus.PENDING), Participant.RELAY);
    draft.notifyCustomer(conversation
        .supportCase()
        .map(number -> Notice.of(NoticeKind.ENDED_IDLE, "case", number))
        .orElseGet(() -> Notice.of(NoticeKind.ENDED_IDLE)));
    passToDesk(endOfWork(EndReason.SILENT));
    draft.handleBy(new Handling.Closed(context.now(), Participant.RELAY));
    return draft.applied();
  }

  private Decision anotherAgentHasIt() {
    return refuse(
        Refusal.Code.ALREADY_TAKEN,
        "conversation " + conversation.id() + " is with " + handling.agent().nameForColleagues());
  }
}
