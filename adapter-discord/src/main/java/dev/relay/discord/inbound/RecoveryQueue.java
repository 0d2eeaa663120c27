package dev.relay.discord.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Places to be read, a few at a time, so that the rest of Relay's requests are not held up. Players who write meanwhile come first.
 * Thread-safe.
 */
final class RecoveryQueue {
  private final Executor readers;
  private final Map<Long, Runnable> waiting = new LinkedHashMap<>();
  private final Map<Long, Runnable> wanted = new LinkedHashMap<>();

  /** Reads on that executor, whose threads are the bound. */
  RecoveryQueue(Executor readers) {
    this.readers = readers;
  }

  /** Reads a player's place when its turn has come. */
  void add(long player, Runnable reading) {
    synchronized (this) {
      waiting.put(player, reading);
    }
    try {
      readers.execute(this::next);
    } catch (RejectedExecutionException stopping) {
      synchronized (this) {
        waiting.remove(player);
      }
    }
  }

  /** The player writes: what was missed of them comes before others'. */
  synchronized void wants(long player) {
    Runnable reading = waiting.remove(player);
    if (reading != null) {
      wanted.put(player, reading);
    }
  }

  private void next() {
    Runnable reading;
    synchronized (this) {
      Map<Long, Runnable> from = wanted.isEmpty() ? waiting : wanted;
      if (from.isEmpty()) {
        return;
      }
      Long player = from.keySet().iterator().next();
      reading = from.remove(player);
    }
    if (reading != null) {
      reading.run();
    }
  }
}
