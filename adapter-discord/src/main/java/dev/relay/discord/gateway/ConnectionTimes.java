package dev.relay.discord.gateway;

import java.time.Duration;

/**
 * The times of a connection.
 *
 * @param renewal the time between two renewals of the lease
 * @param firstRetry the wait before the first retry of a failed connection; further waits double, at most a minute
 * @param firstProbe the wait before a help channel that did not work is tried again; further waits double, at most twelve times as long
 */
public record ConnectionTimes(Duration renewal, Duration firstRetry, Duration firstProbe) {
  /** Renewal every five seconds, first retry after one second, first probe after five minutes. */
  public static final ConnectionTimes DEFAULT =
      new ConnectionTimes(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(5));
}
