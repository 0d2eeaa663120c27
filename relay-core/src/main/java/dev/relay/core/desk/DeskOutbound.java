package dev.relay.core.desk;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Optional;

/** The content of a delivery to a desk. */
public sealed interface DeskOutbound {

  /**
   * A conversation to offer to the live agents.
   *
   * @param customer the customer who waits
   * @param supportCase the case of the conversation
   * @param queue the queue in which the customer waits
   * @param reason the reason why a live agent is needed
   * @param transcript the transcript up to the request for the handoff, oldest first, taken from the last 200 entries, as {@link
   *     TranscriptEntry#asPassedOn} returns it: edited messages have their latest text, deleted and internal ones are left out. It is the
   *     same for every attempt; later messages and changes follow as deliveries of their own
   */
  record Handoff(
      Customer customer,
      SupportCase supportCase,
      QueueName queue,
      String reason,
      List<TranscriptEntry> transcript)
      implements DeskOutbound {
    /** Applies the transcript's edits and deletions, and leaves internal messages out. */
    public Handoff {
      transcript = TranscriptEntry.asPassedOn(transcript);
    }
  }

  /**
   * A message of the customer, or a notice from Relay to the live agent.
   *
   * @param author the customer or Relay
   * @param body the message
   */
  record Message(Participant author, MessageBody body) implements DeskOutbound {}

  /**
   * An edit of one of the customer's messages.
   *
   * @param externalId the desk's id of the message; empty if it was not delivered to the desk
   * @param text the new text
   */
  record Edit(Optional<String> externalId, String text) implements DeskOutbound {}

  /**
   * The deletion of one of the customer's messages.
   *
   * @param externalId the desk's id of the message; empty if it was not delivered to the desk
   */
  record Delete(Optional<String> externalId) implements DeskOutbound {}

  /**
   * The withdrawal of a handoff, which no live agent needs to accept any longer.
   *
   * @param reason the reason, for the live agents
   */
  record Withdrawn(String reason) implements DeskOutbound {}

  /**
   * The end of the conversation.
   *
   * @param reason the reason, for the live agents
   */
  record Ended(String reason) implements DeskOutbound {}
}
