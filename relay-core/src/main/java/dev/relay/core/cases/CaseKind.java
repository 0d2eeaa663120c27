package dev.relay.core.cases;

/** The kind of a case. */
public enum CaseKind {
  /** A customer needs help. */
  SUPPORT,
  /** Something is broken. */
  BUG,
  /** Something is missing. */
  FEATURE_REQUEST
}
