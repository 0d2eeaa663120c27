package dev.relay.core.engine.lane;

import dev.relay.core.id.LaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes of all ports with an attempt in flight in this engine. They are shared because a lane can pass from one port to
 * another while its last attempt still runs. Thread-safe.
 */
public final class LanesInFlight {
  /** The lanes in flight, each with the attempt that begins when the one in flight ends. */
  private final Map<LaneKey, Optional<Runnable>> held = new ConcurrentHashMap<>();

  /**
   * Begins an attempt, at once or when the attempt still in flight on the same lane ends. The one in flight was fenced, because the
   * lane was dropped or the clock jumped past its lease. An attempt that already waits has been fenced as well, and is dropped.
   */
  void begin(LaneKey key, Runnable turn) {
    List<Runnable> now = new ArrayList<>(1);
    held.compute(key, (lane, inFlight) -> {
      if (inFlight == null) {
        now.add(turn);
        return Optional.empty();
      }
      return Optional.of(turn);
    });
    now.forEach(Runnable::run);
  }

  /** Ends the attempt in flight, and begins the one that waits for its end, if any. */
  void end(LaneKey key) {
    List<Runnable> next = new ArrayList<>(1);
    held.computeIfPresent(key, (lane, waiting) -> {
      waiting.ifPresent(next::add);
      return waiting.isPresent() ? Optional.empty() : null;
    });
    next.forEach(Runnable::run);
  }
}
