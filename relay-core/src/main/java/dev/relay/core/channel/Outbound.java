package dev.relay.core.channel;

import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;

/** The content of a delivery to a customer. */
public sealed interface Outbound {

  /**
   * A new message.
   *
   * @param author the virtual agent, a live agent, or Relay itself; never the customer
   * @param body the message; Relay's notices are already rendered in the customer's language
   */
  record Message(Participant author, MessageBody body) implements Outbound {}

  /**
   * A change of the text of a delivered message.
   *
   * @param externalId the channel's id of the message, as returned when it was delivered
   * @param author the author of the message
   * @param text the new text
   */
  record Edit(String externalId, Participant author, String text) implements Outbound {}

  /**
   * The deletion of a delivered message.
   *
   * @param externalId the channel's id of the message, as returned when it was delivered
   */
  record Delete(String externalId) implements Outbound {}
}
