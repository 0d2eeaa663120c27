package dev.relay.twilio.fake;

/** The ways in which a call can fail. */
public enum Fault {
  /** The connection is closed before anything is done. */
  DROP,
  /** Nothing is done: status 429, {@code Retry-After: 7}. */
  RATE_LIMIT,
  /** Nothing is done: status 403. */
  REFUSE,
  /** Nothing is done: status 403 without a code, as from something in front of Twilio. */
  FORBID,
  /** Nothing is done: status 401, as with revoked credentials. */
  UNAUTHORIZED,
  /** Nothing is done: status 400, as for an unsupported file. */
  INVALID,
  /** It is done, and the connection is closed before the answer. */
  ACT_THEN_DROP,
  /** It is done, and the answer makes no sense. */
  ACT_THEN_GARBLE,
  /** It is done, and the connection stays open without an answer for three seconds. */
  ACT_THEN_HANG,
  /** It is done, and the answer is status 503. */
  ACT_THEN_503,
  /** Nothing is done: status 503. */
  UNAVAILABLE
}
