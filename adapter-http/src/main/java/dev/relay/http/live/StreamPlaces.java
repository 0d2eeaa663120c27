package dev.relay.http.live;

import java.util.HashSet;
import java.util.Set;

/** Counts the open event streams, and keeps some places for agents. Thread-safe. */
final class StreamPlaces {
  private final LiveLimits limits;
  private final Set<LiveStream> agents = new HashSet<>();
  private final Set<LiveStream> customers = new HashSet<>();

  StreamPlaces(LiveLimits limits) {
    this.limits = limits;
  }

  /** Takes a place for the stream; false where none is left for its kind. */
  synchronized boolean take(LiveStream stream) {
    boolean isCustomers = stream instanceof ChatStream;
    boolean full = taken() >= limits.maxStreams()
        || (isCustomers && customers.size() >= limits.maxStreams() - limits.keptForAgents());
    if (full) {
      return false;
    }
    return (isCustomers ? customers : agents).add(stream);
  }

  /** Gives the place of a stream back; harmless if repeated. */
  synchronized void giveBack(LiveStream stream) {
    agents.remove(stream);
    customers.remove(stream);
  }

  synchronized int taken() {
    return agents.size() + customers.size();
  }
}
