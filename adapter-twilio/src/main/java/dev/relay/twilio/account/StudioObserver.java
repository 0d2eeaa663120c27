package dev.relay.twilio.account;

/** Is notified of how customers' questions went through the Studio flow, for metrics. Must be thread-safe and quick. */
@FunctionalInterface
public interface StudioObserver {

  /** Reports that a question was answered, and in which way. */
  void answered(Way way);

  /** The way in which a question was answered. */
  enum Way {
    /** The flow asked Relay. */
    ASKED,
    /** The flow asked for a live agent. */
    LIVE_AGENT,
    /** The flow reported a failure: the virtual agent answered without it. */
    FLOW_FAILED,
    /** The flow did not ask in time: the virtual agent answered without it. */
    NOT_ASKED,
    /**
     * The question could not be posted, its outcome is unknown, or the circuit breaker of the flow is open: the virtual agent answered
     * without it.
     */
    NOT_POSTED,
    /** The question was posted before by an attempt that did not end: it was answered at once. */
    POSTED_BEFORE
  }
}
