package dev.relay.core.cases;

/** What a case is about. */
public enum CaseKind {
  /** A customer needs help. */
  SUPPORT,
  /** Something is broken. */
  BUG,
  /** Something is missing. */
  FEATURE_REQUEST
}
