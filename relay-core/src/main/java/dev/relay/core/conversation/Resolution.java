package dev.relay.core.conversation;

/** What became of a conversation from the virtual agent's point of view. */
public enum Resolution {
  /** Nothing yet. */
  NONE,
  /** It answered; the customer has not said whether that helped. */
  ANSWERED,
  /** The customer said that it helped. */
  CONFIRMED,
  /** The customer left after an answer without asking more. */
  ASSUMED,
  /** The customer said that it did not help. */
  REJECTED,
  /** A person took over. */
  HANDED_OFF,
  /** The customer came back about the same case. */
  REOPENED
}
