package dev.relay.discord.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A queue of readings, of which only a few run at a time, so that they do not delay Relay's other requests. Customers who write meanwhile
 * come first. Thread-safe.
 */
final class ReadingQueue {
  private final Executor executor;
  private final Map<Long, Runnable> waiting = new LinkedHashMap<>();
  private final Map<Long, Runnable> preferred = new LinkedHashMap<>();

  /**
   * Creates an empty queue.
   *
   * @param executor runs the readings; its threads limit how many run at a time
   */
  ReadingQueue(Executor executor) {
    this.executor = executor;
  }

  /** Adds the reading of a customer's channel. */
  void add(long customer, Runnable reading) {
    synchronized (this) {
      waiting.put(customer, reading);
    }
    try {
      executor.execute(this::next);
    } catch (RejectedExecutionException stopping) {
      synchronized (this) {
        waiting.remove(customer);
      }
    }
  }

  /** Moves the reading of a customer before the readings of others. */
  synchronized void prefer(long customer) {
    Runnable reading = waiting.remove(customer);
    if (reading != null) {
      preferred.put(customer, reading);
    }
  }

  private void next() {
    Runnable reading;
    synchronized (this) {
      Map<Long, Runnable> from = preferred.isEmpty() ? waiting : preferred;
      if (from.isEmpty()) {
        return;
      }
      Long customer = from.keySet().iterator().next();
      reading = from.remove(customer);
    }
    if (reading != null) {
      reading.run();
    }
  }
}
