package dev.relay.twilio.setup;

/** What may be changed at Twilio. */
public enum Change {
  /** Nothing. */
  NOTHING,
  /** What goes nowhere yet. */
  UNSET,
  /** That, and what goes to Relay at another address. */
  MOVED
}
