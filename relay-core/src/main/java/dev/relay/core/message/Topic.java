package dev.relay.core.message;

/** What an announcement is about; an announcer may show each in a place of its own. */
public enum Topic {
  /** Something new for everybody. */
  NEWS,
  /** A bug that a customer reported. */
  BUG,
  /** A feature that a customer wishes. */
  FEATURE_REQUEST
}
