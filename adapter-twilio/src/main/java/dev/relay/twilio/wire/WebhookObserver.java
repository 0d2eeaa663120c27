package dev.relay.twilio.wire;

/** Told what became of each webhook of Twilio's, for metrics. Must be thread-safe and quick. */
@FunctionalInterface
public interface WebhookObserver {

  /** One webhook was answered. */
  void answered(Outcome outcome);

  /** What became of a webhook. */
  enum Outcome {
    /** What it tells is stored. */
    STORED,
    /** It tells nothing that Relay has a use for. */
    IGNORED,
    /** Its signature is missing or wrong: refused, nothing stored. */
    FORGED,
    /** It is signed and makes no sense, or is too large: refused, nothing stored. */
    MALFORMED,
    /** It is kept in memory and not stored yet: Relay goes on trying. */
    LATE,
    /** Too much is waiting already, or the desk is stopped: nothing was done. */
    UNAVAILABLE
  }
}
