package dev.relay.core.cases;

/** The urgency of a case, lowest first. */
public enum CasePriority {
  /** After everything else. */
  LOW,
  /** In its turn. */
  NORMAL,
  /** Before the others. */
  HIGH,
  /** At once. */
  URGENT
}
