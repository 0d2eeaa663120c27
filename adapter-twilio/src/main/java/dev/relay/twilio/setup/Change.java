package dev.relay.twilio.setup;

/** What a set-up may change at Twilio. */
public enum Change {
  /** Nothing. */
  NOTHING,
  /** What goes nowhere yet. */
  UNSET,
  /** That, and what goes to Relay at another address. */
  MOVED
}
