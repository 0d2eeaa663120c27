package dev.relay.core.cases;

/** How soon a case wants an answer, lowest first. */
public enum CasePriority {
  /** When there is nothing else. */
  LOW,
  /** In its turn. */
  NORMAL,
  /** Before the others. */
  HIGH,
  /** At once. */
  URGENT
}
