package dev.relay.core.desk;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Optional;

/** What a desk is asked to do. */
public sealed interface DeskOutbound {

  /**
   * Take this conversation.
   *
   * @param customer who waits
   * @param supportCase what about
   * @param queue in which queue
   * @param reason why a person is needed
   * @param transcript what was said so far, oldest first, at most the last 200 entries
   */
  record Handoff(
      Customer customer,
      SupportCase supportCase,
      QueueName queue,
      String reason,
      List<TranscriptEntry> transcript)
      implements DeskOutbound {
    /** Copies the transcript, so that the handoff cannot change. */
    public Handoff {
      transcript = List.copyOf(transcript);
    }
  }

  /** The customer (or Relay, in a notice to the agent) said something. */
  record Message(Participant author, MessageBody body) implements DeskOutbound {}

  /**
   * The customer changed a message.
   *
   * @param externalId what the desk called the message, where it was delivered to the desk
   * @param text the new text
   */
  record Edit(Optional<String> externalId, String text) implements DeskOutbound {}

  /**
   * The customer took a message back.
   *
   * @param externalId what the desk called the message, where it was delivered to the desk
   */
  record Delete(Optional<String> externalId) implements DeskOutbound {}

  /** The conversation need not be taken any more. */
  record Withdrawn(String reason) implements DeskOutbound {}

  /** The conversation is over. */
  record Ended(String reason) implements DeskOutbound {}
}
