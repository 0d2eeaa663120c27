package dev.relay.twilio.account;

/** Receives the outcome of each webhook, for metrics. Must be thread-safe and quick. */
@FunctionalInterface
public interface WebhookObserver {

  /** Reports the outcome of a webhook. */
  void answered(Outcome outcome);

  /** The outcome of a webhook. */
  enum Outcome {
    /** Its event is stored. */
    STORED(204),
    /** Relay has no use for its event. */
    IGNORED(204),
    /** Its signature is missing or wrong: refused, nothing stored. */
    FORGED(403),
    /** It is signed by a Webhooks Rule with a shared key that Relay does not have: refused, nothing stored. */
    KEY_MISSING(403),
    /** It is signed but malformed, or too large: refused, nothing stored. */
    MALFORMED(400),
    /** It is kept in memory and not stored yet: Relay continues to try. */
    LATE(503),
    /** Too much is waiting already, or the desk is stopped: nothing was done. */
    UNAVAILABLE(503);

    private final int status;

    Outcome(int status) {
      this.status = status;
    }

    /** Returns the HTTP status of an answer without a body. */
    public int status() {
      return status;
    }
  }
}
