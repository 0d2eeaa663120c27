package dev.relay.app.config;

/** How much is logged, least first. */
public enum LogLevel {
  /** What went wrong and was not mended. */
  ERROR,
  /** What an operator should look at. */
  WARN,
  /** What happens: one line per event, with ids. */
  INFO,
  /** What helps to find a fault. */
  DEBUG
}
