package dev.relay.app.config;

/** The detail of the log, least first. */
public enum LogLevel {
  /** Failures that Relay could not recover from. */
  ERROR,
  /** Events that an operator should look at. */
  WARN,
  /** Normal events: one line each, with ids. */
  INFO,
  /** Details that help to find a fault. */
  DEBUG
}
