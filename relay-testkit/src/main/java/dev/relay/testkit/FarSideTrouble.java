package dev.relay.testkit;

/** The failures of a far side that the contracts ask a fake far side to imitate until it is repaired. */
public enum FarSideTrouble {
  /** No request arrives: the connection is refused. */
  UNREACHABLE,
  /** Does nothing: the connection breaks after the request was sent and before the far side acts on it. */
  BREAKS_OFF,
  /**
   * Does nothing and asks to try again after seven seconds, or after the contract's {@code requestedWait()} if that is overridden, as with
   * HTTP 429 and {@code Retry-After: 7}.
   */
  ASKS_TO_WAIT,
  /** Does nothing and will never do it, as with HTTP 403 or 404. */
  REFUSES,
  /** Does what it is asked, and the connection breaks before its answer arrives. */
  ANSWER_LOST,
  /** Does what it is asked and returns an answer that cannot be understood. */
  ANSWER_GARBLED,
  /** Does what it is asked and reports an internal error, as with HTTP 500. */
  FAILS_INTERNALLY
}
