package dev.relay.discord.inbound;

import java.time.Duration;

/** The growing wait between retries. Stateless. */
final class BackOff {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private BackOff() {}

  /** Returns the wait after this one: twice as long, at most a minute. */
  static Duration next(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
