package dev.relay.app.serve;

/** Relay could not be started, and nothing of it is left running; the message says why on one line. */
public final class NotStarted extends Exception {
  private static final long serialVersionUID = 1;

  /** Keeps the first line of the message. */
  NotStarted(String message, Throwable cause) {
    super(message.lines().findFirst().orElse(""), cause);
  }
}
