package dev.relay.testkit;

/** What can be wrong with the far side of a port; the contracts ask a fake far side to behave like that until it is repaired. */
public enum FarSideTrouble {
  /** Nothing gets there: the connection is refused. */
  UNREACHABLE,
  /** It does nothing and asks to try again after seven seconds, as with HTTP 429 or 503 and {@code Retry-After: 7}. */
  ASKS_TO_WAIT,
  /** It does nothing and will never do that, as with HTTP 403 or 404. */
  REFUSES,
  /** It does what it is asked and the connection breaks before its answer arrives. */
  ANSWER_LOST,
  /** It does what it is asked and answers something that makes no sense. */
  ANSWER_GARBLED
}
