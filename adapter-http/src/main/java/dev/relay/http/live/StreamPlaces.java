package dev.relay.http.live;

import java.util.HashSet;
import java.util.Set;

/** Counts the open event streams and reserves some places for agents. Thread-safe. */
public final class StreamPlaces {
  private final int max;
  private final int keptForAgents;
  private final int maxPerSession;
  private final Set<LiveStream> agents = new HashSet<>();
  private final Set<LiveStream> customers = new HashSet<>();

  /**
   * Creates the places.
   *
   * @param max the most streams of this instance
   * @param keptForAgents how many of these customers cannot take
   * @param maxPerSession the most streams of one session
   */
  public StreamPlaces(int max, int keptForAgents, int maxPerSession) {
    this.max = max;
    this.keptForAgents = keptForAgents;
    this.maxPerSession = maxPerSession;
  }

  /** Takes a place for the stream; returns false if none is left for its kind. */
  synchronized boolean take(LiveStream stream) {
    boolean isAgents = stream.isForAgents();
    boolean full = taken() >= max || (!isAgents && customers.size() >= max - keptForAgents);
    if (full) {
      return false;
    }
    return (isAgents ? agents : customers).add(stream);
  }

  /** Gives the place of a stream back. Repeated calls have no effect. */
  synchronized void giveBack(LiveStream stream) {
    agents.remove(stream);
    customers.remove(stream);
  }

  synchronized int taken() {
    return agents.size() + customers.size();
  }

  int maxPerSession() {
    return maxPerSession;
  }
}
