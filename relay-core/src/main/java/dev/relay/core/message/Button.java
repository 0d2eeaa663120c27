package dev.relay.core.message;

/** A button below a message. The channel renders the label in the customer's language. */
public enum Button {
  /** Asks for a live agent. */
  TALK_TO_PERSON,
  /** Says that the articles answered the question. */
  THAT_HELPED,
  /** Says that they did not. */
  DID_NOT_HELP,
  /** Rates the conversation: the channel shows the five steps of {@code CustomerRated}. */
  RATE
}
