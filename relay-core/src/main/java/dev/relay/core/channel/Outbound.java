package dev.relay.core.channel;

import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;

/** What a channel is asked to show its customer. */
public sealed interface Outbound {

  /**
   * A new message.
   *
   * @param author who says it: the virtual agent, an agent, or Relay itself; never shown as the customer
   * @param body what it says; a notice of Relay's is already rendered in the customer's language
   */
  record Message(Participant author, MessageBody body) implements Outbound {}

  /**
   * The text of a delivered message has changed.
   *
   * @param externalId what the channel called the message when it delivered it
   * @param author who said it
   * @param text the new text
   */
  record Edit(String externalId, Participant author, String text) implements Outbound {}

  /**
   * A delivered message is taken back.
   *
   * @param externalId what the channel called the message when it delivered it
   */
  record Delete(String externalId) implements Outbound {}
}
