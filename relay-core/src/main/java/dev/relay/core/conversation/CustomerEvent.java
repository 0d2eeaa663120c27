package dev.relay.core.conversation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import java.util.Map;
import java.util.Optional;

/** Something that a customer did, or that happened on the way to them. Finds its conversation by the address, and may open one. */
public sealed interface CustomerEvent extends Event {

  /** Where it came from. */
  Origin origin();

  /**
   * The customer wrote.
   *
   * @param origin where it came from
   * @param sourceId the channel's id of the message, needed for later edits
   * @param body what they wrote
   */
  record CustomerWrote(Origin origin, Optional<String> sourceId, MessageBody body)
      implements CustomerEvent {}

  /**
   * The customer changed a message.
   *
   * @param origin where it came from
   * @param sourceId the channel's id of the message
   * @param text the new text, at most {@link MessageBody#MAX_TEXT}
   */
  record CustomerEdited(Origin origin, String sourceId, String text) implements CustomerEvent {}

  /**
   * The customer took a message back.
   *
   * @param origin where it came from
   * @param sourceId the channel's id of the message
   */
  record CustomerDeleted(Origin origin, String sourceId) implements CustomerEvent {}

  /** The customer pressed a button, or used a command that means the same. */
  record CustomerPressed(Origin origin, Button button) implements CustomerEvent {}

  /**
   * The customer says how content they were with a conversation that is over; a later one counts instead of an earlier one.
   *
   * @param origin where it came from
   * @param conversation which conversation, which must be one at the origin's address
   * @param score from {@link #WORST} to {@link #BEST}
   */
  record CustomerRated(Origin origin, ConversationId conversation, int score)
      implements CustomerEvent {
    /** Not content at all. */
    public static final int WORST = 1;
    /** Fully content: the usual five steps of a customer satisfaction score. */
    public static final int BEST = 5;
  }

  /**
   * A message did not reach the customer although the channel took it, as a carrier or a messenger reports it later. Told to the agent;
   * refused where the customer has no conversation.
   *
   * @param origin where it came from; the key names the message, so that one that is reported twice is told once
   * @param reason why, for the agent: never what people wrote
   */
  record CustomerNotReached(Origin origin, String reason) implements CustomerEvent {}

  /** The customer ended the conversation. */
  record CustomerEnded(Origin origin) implements CustomerEvent {}

  /**
   * The customer filled in a form.
   *
   * @param origin where it came from
   * @param kind what it is about
   * @param subject one line
   * @param description what they wrote
   * @param fields the form's other fields by their names
   */
  record CaseFiled(
      Origin origin, CaseKind kind, String subject, String description, Map<String, String> fields)
      implements CustomerEvent {
    /** Copies the fields, so that the event cannot change. */
    public CaseFiled {
      fields = Map.copyOf(fields);
    }
  }
}
