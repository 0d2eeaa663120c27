package dev.relay.app.serve;

/** Thrown if Relay could not be started. No part of it is left running; the message is one line with the reason. */
public final class NotStarted extends Exception {
  private static final long serialVersionUID = 1;

  /** Keeps the first line of the message. */
  NotStarted(String message, Throwable cause) {
    super(message.lines().findFirst().orElse(""), cause);
  }
}
