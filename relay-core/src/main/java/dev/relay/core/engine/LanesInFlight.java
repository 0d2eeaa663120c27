package dev.relay.core.engine;

import dev.relay.core.id.LaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes with an attempt in flight in this engine, of all ports: a lane can pass from one port to another while its last
 * attempt still runs. Thread-safe.
 */
final class LanesInFlight {
  /** With what begins when the attempt in flight ends. */
  private final Map<LaneKey, Optional<Runnable>> held = new ConcurrentHashMap<>();

  /**
   * Begins a turn, at once or when the attempt that is still in flight on the same lane ends: that one was fenced, because the
   * lane was dropped, or because the clock jumped past its lease. A turn that already waits is fenced by now, and left out.
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

  /** The attempt has ended; the turn that waits for that, if one does, begins. */
  void end(LaneKey key) {
    List<Runnable> next = new ArrayList<>(1);
    held.computeIfPresent(key, (lane, waiting) -> {
      waiting.ifPresent(next::add);
      return waiting.isPresent() ? Optional.empty() : null;
    });
    next.forEach(Runnable::run);
  }
}
