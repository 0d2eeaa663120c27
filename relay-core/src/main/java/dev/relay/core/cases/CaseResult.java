package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;

/** What became of a wish to open or change a case. */
public sealed interface CaseResult {

  /** It is stored. */
  record Saved(SupportCase supportCase) implements CaseResult {}

  /** A note was added. */
  record Noted(CaseNote note) implements CaseResult {}

  /**
   * It is not allowed; nothing was changed.
   *
   * @param field which field was wrong
   * @param reason what is wrong and what is allowed
   */
  record Refused(String field, String reason) implements CaseResult {}

  /** There is no such case. */
  record UnknownCase(CaseNumber number) implements CaseResult {}

  /** Somebody else changed the case in the meantime: it now has that version. */
  record Outdated(SupportCase current) implements CaseResult {}
}
