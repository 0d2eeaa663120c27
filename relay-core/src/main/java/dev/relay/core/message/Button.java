package dev.relay.core.message;

/** What a customer can press below a message. The channel renders the label in the customer's language. */
public enum Button {
  /** Asks for a live agent. */
  TALK_TO_PERSON,
  /** The articles answered the question. */
  THAT_HELPED,
  /** They did not. */
  DID_NOT_HELP,
  /** Says how content they were: the channel shows the five steps of {@code CustomerRated}. */
  RATE
}
