package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.util.Optional;

/** An event inside Relay. */
public sealed interface EngineEvent extends Event {

  /** Returns the conversation. */
  ConversationId conversation();

  /** The virtual agent answered the turn that this entry began. */
  record VirtualAgentAnswered(ConversationId conversation, EntryId turn, Answer answer)
      implements EngineEvent {
    private static final String SOURCE = "virtual-agent/";

    /** Returns the id that the replies have in the transcript: it names the question that they answer, whatever the clock shows. */
    String sourceId() {
      return SOURCE + turn.value();
    }

    /** Returns the question that an entry answers; empty if it answers none, or was written by a Relay that did not keep which. */
    public static Optional<EntryId> turnOf(TranscriptEntry entry) {
      return entry
          .sourceId()
          .filter(id -> id.startsWith(SOURCE) && entry.destination() == Destination.CUSTOMER)
          .filter(id -> entry.content() instanceof EntryContent.Said said
              && said.author().role() == Participant.Role.VIRTUAL_AGENT)
          .map(id -> new EntryId(Long.parseLong(id.substring(SOURCE.length()))));
    }
  }

  /**
   * A delivery was given up.
   *
   * @param conversation the conversation
   * @param destination the destination that the entry did not reach
   * @param entry the entry
   * @param reason the reason
   * @param parked whether its lane is parked until somebody retries or the customer writes again; otherwise the entry alone was left
   *     out, and the lane continues
   */
  record DeliveryGivenUp(
      ConversationId conversation,
      Destination destination,
      EntryId entry,
      String reason,
      boolean parked)
      implements EngineEvent {}

  /**
   * The desk that has the conversation has failed everybody for so long that its customers no longer wait for it.
   *
   * @param conversation the conversation
   * @param desk the desk
   * @param reason the reason of the outage, for live agents and operators
   */
  record DeskDown(ConversationId conversation, PortId desk, String reason) implements EngineEvent {}

  /** A handoff did not reach its desk, and will not be attempted again. */
  record HandoffFailed(ConversationId conversation, String reason) implements EngineEvent {}

  /** The queue or the priority of a case was changed; the conversation is one of its conversations. */
  record CaseChanged(ConversationId conversation, SupportCase supportCase) implements EngineEvent {}

  /**
   * A case was merged into another one, which the conversation is about from now on if it was about either; the queue and the priority of
   * the case that remains may have changed by that.
   *
   * @param conversation the conversation, one of the case that remains
   * @param from the case that was merged
   * @param remaining the case that remains
   */
  record CaseMerged(ConversationId conversation, CaseNumber from, SupportCase remaining)
      implements EngineEvent {}

  /** The conversation's case has been pending for so long that its customer is reminded. */
  record CaseReminderDue(ConversationId conversation, SupportCase supportCase)
      implements EngineEvent {}

  /**
   * The status of a case was changed outside the conversation, by a live agent or a program.
   *
   * @param conversation the conversation in which its customer is told: the one that is open at the address of this one, else this one
   * @param supportCase the case after the change
   * @param before its status before
   */
  record CaseStatusChanged(ConversationId conversation, SupportCase supportCase, CaseStatus before)
      implements EngineEvent {

    /** Checks whether a conversation is about that case, or about the one into which it was merged. */
    boolean concerns(Conversation conversation) {
      return conversation
          .supportCase()
          .filter(own -> own.equals(supportCase.number())
              || supportCase.merge().filter(it -> it.into().equals(own)).isPresent())
          .isPresent();
    }
  }

  /** The place of the conversation in its queue is no longer the one that its customer reads. */
  record PlaceMoved(ConversationId conversation) implements EngineEvent {}

  /** The time at which the conversation asked to be woken has come, or was given by a clock that was ahead. */
  record TimerDue(ConversationId conversation) implements EngineEvent {}

  /**
   * The clock has jumped over the time at which the conversation asked to be woken, because the machine slept or its clock was
   * wrong: its timer is postponed.
   *
   * @param conversation the conversation
   * @param by the length of the jump, during which nobody could write
   */
  record TimerPostponed(ConversationId conversation, Duration by) implements EngineEvent {}

  /** A live agent's account was disabled: what they have goes back to where it was. */
  record AgentGone(ConversationId conversation, String agent) implements EngineEvent {}

  /** A live agent has not been there for so long that the customers whom they have wait for others. */
  record AgentAbsent(ConversationId conversation, String agent) implements EngineEvent {}

  /** The conversation may be offered to a live agent now. */
  record OfferDue(ConversationId conversation) implements EngineEvent {}

  /** The offer of the conversation has ended without an answer, or its agent can no longer answer. */
  record OfferOver(ConversationId conversation) implements EngineEvent {}
}
