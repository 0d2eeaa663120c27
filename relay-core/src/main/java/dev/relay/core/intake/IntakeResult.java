package dev.relay.core.intake;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import java.time.Duration;
import java.util.Optional;

/** The result of submitting an event to the intake. Immutable. */
public sealed interface IntakeResult {

  /**
   * The event is stored and applied, which survives a crash.
   *
   * @param receipt the effects of the event
   */
  record Accepted(Receipt receipt) implements IntakeResult {}

  /**
   * The event had already been stored and applied; nothing was changed.
   *
   * @param receipt the receipt of the first submission
   */
  record Duplicate(Receipt receipt) implements IntakeResult {}

  /**
   * The event does not fit the present state; nothing was changed.
   *
   * @param refusal the reason
   */
  record Refused(Refusal refusal) implements IntakeResult {}

  /**
   * Too many events are waiting; nothing was changed.
   *
   * @param retryAfter the time after which to resubmit the event
   */
  record Overloaded(Duration retryAfter) implements IntakeResult {}

  /**
   * The store failed, or the inbox is closed. The event may or may not have been applied: resubmit it under the same key.
   *
   * @param reason the reason for the operator, without the text of messages
   */
  record Unavailable(String reason) implements IntakeResult {}

  /**
   * The effects of an accepted event.
   *
   * @param conversation the conversation
   * @param entry the first entry that the event added, if any
   * @param supportCase the case that the event opened, reopened or filed, if any
   */
  record Receipt(
      ConversationId conversation, Optional<EntryId> entry, Optional<CaseNumber> supportCase) {}
}
