package dev.relay.core.intake;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import java.time.Duration;
import java.util.Optional;

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

  /**
   * What an accepted event became.
   *
   * @param conversation in which conversation
   * @param entry the first entry it made, where it made one
   * @param supportCase the case it opened, reopened or filed, if any
   */
  record Receipt(
      ConversationId conversation, Optional<EntryId> entry, Optional<CaseNumber> supportCase) {}
}
