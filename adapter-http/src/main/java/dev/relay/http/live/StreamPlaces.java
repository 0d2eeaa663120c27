package dev.relay.http.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts the open event streams, bounds those of each address, and reserves some places for agents. Thread-safe. */
public final class StreamPlaces {
  private final int max;
  private final int keptForAgents;
  private final int maxPerSession;
  private final Set<LiveStream> agents = new HashSet<>();
  private final Map<LiveStream, String> customers = new HashMap<>();
  private final Map<String, Integer> byPeer = new HashMap<>();
  private int maxPerAddress = Integer.MAX_VALUE;

  /** The outcome of asking for a place. */
  enum Place {
    TAKEN,
    /** The instance has no place left for streams of this kind. */
    FULL,
    /** The address has no place left. */
    ADDRESS_FULL
  }

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

  /** Sets the most streams that the customers of one address may have; unlimited until then. */
  synchronized void limitPerAddress(int most) {
    maxPerAddress = most;
  }

  /** Takes a place for the stream of an address, if there is one for its kind. */
  synchronized Place take(LiveStream stream, String peer) {
    boolean isAgents = stream.isForAgents();
    if (taken() >= max || (!isAgents && customers.size() >= max - keptForAgents)) {
      return Place.FULL;
    }
    if (isAgents) {
      agents.add(stream);
      return Place.TAKEN;
    }
    if (byPeer.getOrDefault(peer, 0) >= maxPerAddress) {
      return Place.ADDRESS_FULL;
    }
    customers.put(stream, peer);
    byPeer.merge(peer, 1, Integer::sum);
    return Place.TAKEN;
  }

  /** Gives the place of a stream back. Repeated calls have no effect. */
  synchronized void giveBack(LiveStream stream) {
    agents.remove(stream);
    String peer = customers.remove(stream);
    if (peer != null) {
      byPeer.computeIfPresent(peer, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  synchronized int taken() {
    return agents.size() + customers.size();
  }

  int maxPerSession() {
    return maxPerSession;
  }
}
