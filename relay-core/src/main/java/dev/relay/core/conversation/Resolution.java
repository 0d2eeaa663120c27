package dev.relay.core.conversation;

/** The result of a conversation from the virtual agent's point of view. */
public enum Resolution {
  /** Nothing yet. */
  NONE,
  /** The virtual agent answered; the customer has not said whether the answer helped. */
  ANSWERED,
  /** The customer said that the answer helped. */
  CONFIRMED,
  /** The customer left after an answer without asking more. */
  ASSUMED,
  /** The customer said that the answer did not help. */
  REJECTED,
  /** A live agent took over. */
  HANDED_OFF,
  /** The customer returned about the same case. */
  REOPENED
}
