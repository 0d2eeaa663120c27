package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Participant;
import java.time.Instant;

/**
 * An internal note on a case: live agents see it, customers never.
 *
 * @param id grows within the installation; assigned by the store
 * @param supportCase the case
 * @param author the author
 * @param at the time of writing
 * @param text 1 to {@value #MAX_TEXT} characters, untrusted
 */
public record CaseNote(
    long id, CaseNumber supportCase, Participant author, Instant at, String text) {
  /** The longest note, in UTF-16 units. */
  public static final int MAX_TEXT = 16_000;
}
