package dev.relay.discord.commands;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the commands when a session begins, and retries until Discord accepts them: at once with each new session, otherwise after
 * waits that double up to an hour. Thread-safe; does not block.
 */
public final class RetryingRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingRegistration.class);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Registration registration;
  private final Duration firstWait;
  private @Nullable JDA done;
  private long begun;

  /**
   * Creates a registration that retries.
   *
   * @param firstWait the wait after the first failure
   */
  public RetryingRegistration(Registration registration, Duration firstWait) {
    this.registration = registration;
    this.firstWait = firstWait;
  }

  /** Registers the commands for a new session, unless the same connection has already done so. */
  public void begin(JDA connection) {
    long number;
    synchronized (this) {
      if (connection.equals(done)) {
        return;
      }
      // A retry that is still waiting gives way to this attempt.
      begun++;
      number = begun;
    }
    attempt(connection, number, firstWait);
  }

  private void attempt(JDA connection, long number, Duration wait) {
    if (!isWanted(connection, number)) {
      return;
    }
    CompletableFuture<List<String>> unused = registration
        .register(connection)
        .whenComplete((names, failure) -> {
          if (failure != null) {
            later(connection, number, wait, failure);
            return;
          }
          synchronized (this) {
            done = connection;
          }
          if (!names.isEmpty()) {
            LOG.info("Registered the commands {}", names);
          }
        });
  }

  private void later(JDA connection, long number, Duration wait, Throwable failure) {
    if (!isWanted(connection, number)) {
      return;
    }
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    LOG.warn("Not all commands are registered; retrying after {}: {}", wait, cause.getMessage());
    Duration doubled = wait.multipliedBy(2);
    Duration next = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    CompletableFuture<Void> unused = CompletableFuture.runAsync(
        () -> attempt(connection, number, next),
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private synchronized boolean isWanted(JDA connection, long number) {
    JDA.Status status = connection.getStatus();
    return number == begun
        && status != JDA.Status.SHUTTING_DOWN
        && status != JDA.Status.SHUTDOWN
        && status != JDA.Status.FAILED_TO_LOGIN;
  }
}
