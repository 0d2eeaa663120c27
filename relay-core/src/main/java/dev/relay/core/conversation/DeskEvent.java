package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.workspace.Workspace.Macro;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An event of a desk or its live agents. */
public sealed interface DeskEvent extends Event {

  /** Returns the conversation. */
  ConversationId conversation();

  /** Returns the key of the event if the desk may report it repeatedly; empty for commands that are harmless to repeat. */
  Optional<EventKey> key();

  /** A live agent joined the conversation at that desk. */
  record AgentJoined(
      ConversationId conversation, Optional<EventKey> key, PortId desk, Participant agent)
      implements DeskEvent {}

  /**
   * A live agent took the conversation over at that desk, also from another live agent, who may be away or no longer work here.
   * Whether the agent may do so is for the desk to decide.
   */
  record AgentTookOver(
      ConversationId conversation, Optional<EventKey> key, PortId desk, Participant agent)
      implements DeskEvent {}

  /**
   * The live agent wrote a message.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param agent the live agent
   * @param sourceId the desk's id of the message, needed for later edits
   * @param body the message
   */
  record AgentWrote(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant agent,
      Optional<String> sourceId,
      MessageBody body)
      implements DeskEvent {}

  /**
   * A live agent writes to a customer who has not asked for it now: from a case, or after the end of a conversation. The conversation that
   * is open at the customer's address continues with this agent; if none is open, a new one begins there.
   *
   * @param conversation an earlier or the present conversation at the customer's address
   * @param key the key of the event
   * @param desk the desk of the live agent
   * @param agent the live agent
   * @param supportCase the case about which they write; empty for the conversation's own or, without one, a new case
   * @param sourceId the desk's id of the message, needed for later edits
   * @param body the message
   */
  record AgentWroteFirst(
      ConversationId conversation,
      Optional<EventKey> key,
      PortId desk,
      Participant agent,
      Optional<CaseNumber> supportCase,
      Optional<String> sourceId,
      MessageBody body)
      implements DeskEvent {

    /** Returns the same event under another key. */
    AgentWroteFirst withKey(Optional<EventKey> newKey) {
      return new AgentWroteFirst(conversation, newKey, desk, agent, supportCase, sourceId, body);
    }

    /**
     * A message that is written at a later time. Immutable.
     *
     * @param id assigned by the store; 0 before
     * @param customer the customer
     * @param message the message, as it is written at that time
     * @param at when it is written
     * @param createdAt when the live agent planned it
     * @param state what became of it
     * @param failure why it was not sent, if it was not
     */
    public record Scheduled(
        long id,
        CustomerId customer,
        AgentWroteFirst message,
        Instant at,
        Instant createdAt,
        State state,
        Optional<Refusal> failure) {
      /** The longest time ahead. */
      public static final Duration MAX_AHEAD = Duration.ofDays(366);

      /** What became of a message that is written at a later time. */
      public enum State {
        /** Its time has not come. */
        WAITING,
        /** It was written. */
        SENT,
        /** A live agent has cancelled it. */
        CANCELLED,
        /** It was refused when its time came: the live agent may no longer write, or the customer cannot be reached. */
        FAILED
      }

      /** Checks whether it is to be written at that time. */
      public boolean isDue(Instant now) {
        return state == State.WAITING && !now.isBefore(at);
      }

      /** Returns the event that writes it, under a key of its own: it is written once, however often the event is submitted. */
      public AgentWroteFirst event() {
        return message.withKey(Optional.of(new EventKey("scheduled", Long.toString(id))));
      }

      /** Returns it with the id that the store has given it. */
      public Scheduled withId(long newId) {
        return new Scheduled(newId, customer, message, at, createdAt, state, failure);
      }

      /** Returns it in that state. */
      public Scheduled in(State newState, Optional<Refusal> newFailure) {
        return new Scheduled(id, customer, message, at, createdAt, newState, newFailure);
      }
    }
  }

  /**
   * A live agent plans a message, which is written at a later time as {@link AgentWroteFirst} would be then, unless they cancel it.
   *
   * @param message the message, without files; its key identifies this event
   * @param at when it is written, at most {@link AgentWroteFirst.Scheduled#MAX_AHEAD} ahead
   */
  record MessageScheduled(AgentWroteFirst message, Instant at) implements DeskEvent {
    @Override
    public ConversationId conversation() {
      return message.conversation();
    }

    @Override
    public Optional<EventKey> key() {
      return message.key();
    }
  }

  /**
   * A live agent cancels a message that was to be written later; cancelling it again changes nothing.
   *
   * @param conversation the conversation that the message names
   * @param key the key of the event
   * @param agent the live agent
   * @param scheduled the id of the message
   */
  record ScheduleCancelled(
      ConversationId conversation, Optional<EventKey> key, Participant agent, long scheduled)
      implements DeskEvent {}

  /** The live agent changed a message. */
  record AgentEdited(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant agent,
      EntryRef target,
      String text)
      implements DeskEvent {}

  /** The live agent deleted a message. */
  record AgentDeleted(
      ConversationId conversation, Optional<EventKey> key, Participant agent, EntryRef target)
      implements DeskEvent {}

  /**
   * The live agent asks the customer whether the matter is solved. If the customer says so, or says nothing for {@link
   * ConversationPolicy#confirmWithin}, the conversation is closed and its case solved; new words of theirs mean that it is not.
   */
  record CloseProposed(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}

  /** The live agent left without ending the conversation: the customer waits again. */
  record AgentLeft(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}

  /**
   * A live agent took the conversation over from the one who had it: the customer does not wait in between.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param desk the desk of both live agents
   * @param agent the live agent who has the conversation now
   */
  record AgentReplaced(
      ConversationId conversation, Optional<EventKey> key, PortId desk, Participant agent)
      implements DeskEvent {}

  /**
   * The desk itself told the customer something, such as an automatic message while all live agents are busy. The customer
   * reads it without a name. Ignored if another desk has the conversation by now.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param desk the desk
   * @param body the message
   */
  record DeskSaid(
      ConversationId conversation, Optional<EventKey> key, PortId desk, MessageBody body)
      implements DeskEvent {}

  /**
   * The live agent ended the conversation.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param agent the live agent
   * @param caseStatus the new status of the case: {@link CaseStatus#SOLVED}, {@link CaseStatus#PENDING} or {@link
   *     CaseStatus#OPEN}
   */
  record AgentEnded(
      ConversationId conversation, Optional<EventKey> key, Participant agent, CaseStatus caseStatus)
      implements DeskEvent {}

  /**
   * The live agent applied a macro: all of it or nothing.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param agent the live agent
   * @param name the macro's name, for the history of the case
   * @param macro what it does
   * @param sourceId the desk's id of the message, needed for later edits
   * @param body the message to the customer; empty if the macro says nothing
   */
  record MacroApplied(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant agent,
      String name,
      Macro macro,
      Optional<String> sourceId,
      Optional<MessageBody> body)
      implements DeskEvent {}

  /**
   * The desk cannot accept the conversation, or has lost it. Ignored if another desk has it by now.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param desk the desk
   * @param reason the reason, for the operator, without the customer's words
   */
  record DeskDeclined(
      ConversationId conversation, Optional<EventKey> key, PortId desk, String reason)
      implements DeskEvent {}

  /**
   * A conversation is passed to a queue or to a live agent: by the live agent who has it, by a supervisor, or while it waits.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param by the live agent who passes it on
   * @param supervises whether they may pass on what another live agent has
   * @param to the new place
   * @param note an internal note for whoever takes it, at most {@link EntryContent.Whispered#MAX_TEXT}; may be empty
   */
  record AgentTransferred(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant by,
      boolean supervises,
      Target to,
      String note)
      implements DeskEvent {

    /** The new place of a conversation. */
    public sealed interface Target {}

    /** A queue, in which the customer keeps their time of waiting. */
    public record ToQueue(QueueName queue) implements Target {}

    /** A live agent of Relay's own desk, by id. */
    public record ToAgent(String agent) implements Target {}
  }

  /**
   * A live agent declines the conversation that is offered to them: the next agent is asked. Ignored if it is not, or no longer.
   *
   * @param conversation the conversation
   * @param key the key of the event
   * @param agent the live agent
   */
  record OfferDeclined(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}

  /**
   * A live agent wrote an internal message, which nobody but live agents reads.
   *
   * @param conversation the conversation, which is not closed
   * @param key the key of the event
   * @param agent the live agent, who need not have the conversation
   * @param text 1 to {@link EntryContent.Whispered#MAX_TEXT} UTF-16 units
   */
  record AgentWhispered(
      ConversationId conversation, Optional<EventKey> key, Participant agent, String text)
      implements DeskEvent {}

  /**
   * A live agent joined the one who has the conversation, to help them by internal messages. Has no effect if they are there already.
   *
   * @param conversation the conversation, which is live
   * @param key the key of the event
   * @param agent the live agent who helps
   */
  record ColleagueJoined(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}

  /**
   * A live agent who had joined no longer helps. Has no effect if they are not there.
   *
   * @param conversation the conversation, which is live
   * @param key the key of the event
   * @param agent the live agent who helped
   */
  record ColleagueLeft(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}
}
