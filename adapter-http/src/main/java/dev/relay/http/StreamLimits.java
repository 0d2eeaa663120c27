package dev.relay.http;

import java.time.Duration;

/**
 * How event streams are kept.
 *
 * @param heartbeat how often a comment is sent and the session is checked
 * @param refresh how often a stream reads the store without having been woken: what other instances did is seen no later;
 *     one or two seconds where several instances share a database
 * @param maxStreams the most streams of this instance; further ones are refused
 * @param keptForAgents how many of these customers cannot take, so that agents see the desk however many customers come
 * @param maxStreamsPerSession the most streams of one session; a further one ends the oldest
 */
public record StreamLimits(
    Duration heartbeat,
    Duration refresh,
    int maxStreams,
    int keptForAgents,
    int maxStreamsPerSession) {
  /**
   * A heartbeat every 15 seconds, a refresh every minute, 10,000 streams of which 500 are kept for agents, 8 of one session.
   */
  public static final StreamLimits DEFAULT =
      new StreamLimits(Duration.ofSeconds(15), Duration.ofMinutes(1), 10_000, 500, 8);
}
