package dev.relay.core.message;

/** The subject of an announcement; an announcer may show each in a place of its own. */
public enum Topic {
  /** News for everybody. */
  NEWS,
  /** A bug that a customer reported. */
  BUG,
  /** A feature that a customer requested. */
  FEATURE_REQUEST
}
