package dev.relay.app.observe;

import org.slf4j.Logger;

/**
 * Logs exceptions that end a thread. Without it Java prints them with their messages, which may quote messages of customers or agents; the
 * threads of JDA end that way when a connection to Discord is given up. Thread-safe.
 */
final class UncaughtExceptions implements Thread.UncaughtExceptionHandler {
  private final Logger log;

  /**
   * Logs to a logger.
   *
   * @param log must leave out the messages of exceptions, as {@link LogGuard} does
   */
  UncaughtExceptions(Logger log) {
    this.log = log;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    log.error("an exception has ended thread {}", thread.getName(), failure);
  }
}
