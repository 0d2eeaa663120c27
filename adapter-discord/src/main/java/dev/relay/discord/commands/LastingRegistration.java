package dev.relay.discord.commands;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the commands when a session begins, and again until Discord takes them: with each new session at once, else after waits
 * that double up to an hour. Thread-safe; does not block.
 */
final class LastingRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(LastingRegistration.class);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Registration registration;
  private final Duration firstWait;
  private @Nullable JDA done;
  private long begun;

  LastingRegistration(Registration registration, Duration firstWait) {
    this.registration = registration;
    this.firstWait = firstWait;
  }

  /** A session has begun: registers, unless that connection did already. */
  void begin(JDA connection) {
    long mine;
    synchronized (this) {
      if (connection.equals(done)) {
        return;
      }
      // What is still waiting gives way to this.
      begun++;
      mine = begun;
    }
    attempt(connection, mine, firstWait);
  }

  private void attempt(JDA connection, long mine, Duration wait) {
    if (!isWanted(connection, mine)) {
      return;
    }
    CompletableFuture<List<String>> unused = registration
        .register(connection)
        .whenComplete((names, failure) -> {
          if (failure != null) {
            later(connection, mine, wait, failure);
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

  private void later(JDA connection, long mine, Duration wait, Throwable failure) {
    if (!isWanted(connection, mine)) {
      return;
    }
    LOG.warn(
        "Discord did not take the commands; they are tried again after {}: {}",
        wait,
        failure.getMessage());
    Duration doubled = wait.multipliedBy(2);
    Duration next = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    CompletableFuture<Void> unused = CompletableFuture.runAsync(
        () -> attempt(connection, mine, next),
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private synchronized boolean isWanted(JDA connection, long mine) {
    JDA.Status status = connection.getStatus();
    return mine == begun
        && status != JDA.Status.SHUTTING_DOWN
        && status != JDA.Status.SHUTDOWN
        && status != JDA.Status.FAILED_TO_LOGIN;
  }
}
