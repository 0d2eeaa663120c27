package dev.relay.twilio.fake;

/** The ways in which Studio can fail. */
public enum StudioFault {
  /** Flows are not started. */
  NEVER_RUNS,
  /** The first HTTP request of each run does not arrive. */
  HTTP_FAILS,
  /** Send to Flex fails. */
  SEND_TO_FLEX_FAILS,
  /** Send to Flex does nothing and reports nothing. */
  SEND_TO_FLEX_HANGS,
  /** Each message starts the flow twice. */
  RUNS_TWICE
}
