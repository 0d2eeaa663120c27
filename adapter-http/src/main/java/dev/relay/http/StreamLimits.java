package dev.relay.http;

import java.time.Duration;

/**
 * Limits and pulse of event streams.
 *
 * @param heartbeat how often a stream sends a comment and checks its session
 * @param refresh how often a stream reads the store without having been woken; changes by other instances are seen no later;
 *     use one or two seconds if several instances share a database
 * @param maxStreams the most streams of this instance; further ones are refused
 * @param keptForAgents how many of these customers cannot take, so that agents can always see the desk
 * @param maxStreamsPerSession the most streams of one session; a further one ends the oldest
 */
public record StreamLimits(
    Duration heartbeat,
    Duration refresh,
    int maxStreams,
    int keptForAgents,
    int maxStreamsPerSession) {
  /** A heartbeat every 15 seconds, a refresh every minute, 10,000 streams of which 500 are reserved for agents, 8 per session. */
  public static final StreamLimits DEFAULT =
      new StreamLimits(Duration.ofSeconds(15), Duration.ofMinutes(1), 10_000, 500, 8);
}
