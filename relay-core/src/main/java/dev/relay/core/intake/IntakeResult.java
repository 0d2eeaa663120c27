package dev.relay.core.intake;

import dev.relay.core.conversation.Refusal;
import java.time.Duration;

/** What became of an event that was handed to the intake. */
public sealed interface IntakeResult {

  /** It is stored and applied; this survives a crash. */
  record Accepted(Receipt receipt) implements IntakeResult {}

  /** It was stored and applied before; nothing new was done. The receipt is the first one's. */
  record Duplicate(Receipt receipt) implements IntakeResult {}

  /** It does not fit the state of things; nothing was changed. */
  record Refused(Refusal refusal) implements IntakeResult {}

  /**
   * Too much is waiting already; nothing was changed.
   *
   * @param retryAfter when to try again
   */
  record Overloaded(Duration retryAfter) implements IntakeResult {}

  /**
   * The store did not answer in order; the event may or may not have been applied. Hand it in again under the same key.
   *
   * @param reason for the operator, without the customer's words
   */
  record Unavailable(String reason) implements IntakeResult {}
}
