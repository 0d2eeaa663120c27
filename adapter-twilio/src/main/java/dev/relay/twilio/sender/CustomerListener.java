package dev.relay.twilio.sender;

import dev.relay.twilio.conversation.CustomerConversation;

/** Receives the conversations in which a channel writes to its customers, as they become known. */
interface CustomerListener {

  /** Reports a conversation that Relay created. */
  void made(CustomerConversation customer);

  /** Reports a conversation that was found at Twilio. Called before Relay writes there. */
  void found(CustomerConversation customer);
}
