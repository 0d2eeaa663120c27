package dev.relay.twilio.port;

/** A desk or channel that looks for what webhooks have lost. Its methods run on one thread, never two at a time, and may block. */
public interface Watched {

  /** Reads what happened while Relay was not running. Called once after the start, and repeated until it succeeds. */
  void recover();

  /** Looks once for what was missed since. Called at regular intervals; a failure is logged, and the next round is not affected. */
  void round();
}
