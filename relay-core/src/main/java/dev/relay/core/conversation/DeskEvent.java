package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.Optional;

/** Something that a desk or its agents did. */
public sealed interface DeskEvent extends Event {

  /** In which conversation. */
  ConversationId conversation();

  /** Names the event where the desk repeats its reports; empty for commands that are harmless to repeat. */
  Optional<EventKey> key();

  /** An agent takes the conversation at that desk. */
  record AgentJoined(
      ConversationId conversation, Optional<EventKey> key, PortId desk, Participant agent)
      implements DeskEvent {}

  /**
   * The agent wrote.
   *
   * @param conversation where
   * @param key names the event
   * @param agent who
   * @param sourceId the desk's id of the message, needed for later edits
   * @param body what they wrote
   */
  record AgentWrote(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant agent,
      Optional<String> sourceId,
      MessageBody body)
      implements DeskEvent {}

  /** The agent changed a message. */
  record AgentEdited(
      ConversationId conversation,
      Optional<EventKey> key,
      Participant agent,
      EntryRef target,
      String text)
      implements DeskEvent {}

  /** The agent took a message back. */
  record AgentDeleted(
      ConversationId conversation, Optional<EventKey> key, Participant agent, EntryRef target)
      implements DeskEvent {}

  /** The agent left without ending: the customer waits again. */
  record AgentLeft(ConversationId conversation, Optional<EventKey> key, Participant agent)
      implements DeskEvent {}

  /**
   * The agent ended the conversation.
   *
   * @param conversation where
   * @param key names the event
   * @param agent who
   * @param caseStatus what becomes of the case: {@link CaseStatus#SOLVED}, {@link CaseStatus#PENDING} or
   *     {@link CaseStatus#OPEN}
   */
  record AgentEnded(
      ConversationId conversation, Optional<EventKey> key, Participant agent, CaseStatus caseStatus)
      implements DeskEvent {}

  /**
   * The desk cannot take the conversation, or has lost it. Left out where another desk has it by now.
   *
   * @param conversation which
   * @param key names the event
   * @param desk which desk says so
   * @param reason for the operator, without the customer's words
   */
  record DeskDeclined(
      ConversationId conversation, Optional<EventKey> key, PortId desk, String reason)
      implements DeskEvent {}
}
