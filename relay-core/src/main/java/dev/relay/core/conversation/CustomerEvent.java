package dev.relay.core.conversation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import java.util.Map;
import java.util.Optional;

/**
 * An event of a customer, or on the way to them. It finds its conversation by the customer's address, and may begin a new one.
 */
public sealed interface CustomerEvent extends Event {

  /** Returns the origin of the event. */
  Origin origin();

  /**
   * The customer wrote a message.
   *
   * @param origin the origin
   * @param sourceId the channel's id of the message, needed for later edits
   * @param body the message
   */
  record CustomerWrote(Origin origin, Optional<String> sourceId, MessageBody body)
      implements CustomerEvent {}

  /**
   * The customer wrote something that somebody else answers, such as {@code STOP} or {@code HELP} in a text message, which the
   * carrier answers. It is recorded, and a live agent who has the conversation reads it; the virtual agent is not asked.
   *
   * @param origin the origin
   * @param body the message
   */
  record CustomerNoted(Origin origin, MessageBody body) implements CustomerEvent {}

  /**
   * The customer changed a message.
   *
   * @param origin the origin
   * @param sourceId the channel's id of the message
   * @param text the new text, at most {@link MessageBody#MAX_TEXT}
   */
  record CustomerEdited(Origin origin, String sourceId, String text) implements CustomerEvent {}

  /**
   * The customer deleted a message.
   *
   * @param origin the origin
   * @param sourceId the channel's id of the message
   */
  record CustomerDeleted(Origin origin, String sourceId) implements CustomerEvent {}

  /** The customer pressed a button, or used a command that means the same. */
  record CustomerPressed(Origin origin, Button button) implements CustomerEvent {}

  /**
   * The customer rated a conversation that has ended; a later rating replaces an earlier one.
   *
   * @param origin the origin
   * @param conversation the conversation, which must be one at the origin's address
   * @param score from {@link #WORST} to {@link #BEST}
   * @param comment the customer's reasons, 1 to {@value #MAX_COMMENT} characters, untrusted; empty if they gave none
   */
  record CustomerRated(
      Origin origin, ConversationId conversation, int score, Optional<String> comment)
      implements CustomerEvent {
    /** Creates a rating without a comment. */
    public CustomerRated(Origin origin, ConversationId conversation, int score) {
      this(origin, conversation, score, Optional.empty());
    }

    /** The longest comment, in UTF-16 units. */
    public static final int MAX_COMMENT = 2_000;
    /** Completely dissatisfied. */
    public static final int WORST = 1;
    /** Completely satisfied: the usual five steps of a customer satisfaction score. */
    public static final int BEST = 5;
  }

  /**
   * The customer gave the reasons for their rating; later ones replace them. Refused before the rating. A customer who writes the score
   * and the reasons instead of pressing a button needs neither event: their message is recognised as the answer.
   *
   * @param origin the origin
   * @param conversation the rated conversation, which must be one at the origin's address
   * @param comment 1 to {@value CustomerRated#MAX_COMMENT} characters, untrusted
   */
  record RatingCommented(Origin origin, ConversationId conversation, String comment)
      implements CustomerEvent {}

  /**
   * A message did not reach the customer although the channel accepted it, as a carrier or a messenger reports later. The live
   * agent is notified; the event is refused if the customer has no conversation.
   *
   * @param origin the origin; the key identifies the message, so that a failure that is reported twice is shown once
   * @param reason the reason, for the live agent, without the customer's words
   */
  record CustomerNotReached(Origin origin, String reason) implements CustomerEvent {}

  /**
   * The customer chose another language, which the origin's profile names. Relay speaks it from now on.
   *
   * <p>The other events change the language too if their profile knows another one.
   */
  record LanguageChosen(Origin origin) implements CustomerEvent {}

  /** The customer ended the conversation. */
  record CustomerEnded(Origin origin) implements CustomerEvent {}

  /**
   * The customer submitted a form.
   *
   * @param origin the origin
   * @param kind the kind of case
   * @param subject one line
   * @param description the customer's words
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
