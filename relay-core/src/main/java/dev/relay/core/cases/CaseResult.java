package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;

/** The result of a request to open or change a case. */
public sealed interface CaseResult {

  /** The case is stored. */
  record Saved(SupportCase supportCase) implements CaseResult {}

  /** A note was added. */
  record Noted(CaseNote note) implements CaseResult {}

  /**
   * The request is not allowed; nothing was changed.
   *
   * @param field the field that was wrong
   * @param reason what is wrong and what is allowed
   */
  record Refused(String field, String reason) implements CaseResult {}

  /** There is no such case. */
  record UnknownCase(CaseNumber number) implements CaseResult {}

  /** Somebody else changed the case in the meantime; this is its current version. */
  record Outdated(SupportCase current) implements CaseResult {}
}
