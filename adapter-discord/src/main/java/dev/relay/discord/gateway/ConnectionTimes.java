package dev.relay.discord.gateway;

import java.time.Duration;

/**
 * The times of a connection.
 *
 * @param renewal the time between two renewals of the lease
 * @param firstRetry the wait before the first retry of a failed connection; further waits double, at most a minute
 */
public record ConnectionTimes(Duration renewal, Duration firstRetry) {
  /** Renewal every five seconds, first retry after one second. */
  public static final ConnectionTimes DEFAULT =
      new ConnectionTimes(Duration.ofSeconds(5), Duration.ofSeconds(1));
}
