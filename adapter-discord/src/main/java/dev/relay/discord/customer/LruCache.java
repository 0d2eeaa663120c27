package dev.relay.discord.customer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cache of limited size that evicts the least recently used entry. Thread-safe. */
public final class LruCache<K, V> {
  private final Map<K, V> entries;

  /**
   * Creates an empty cache.
   *
   * @param limit the largest number of entries
   */
  public LruCache(int limit) {
    entries = new Bounded<>(limit);
  }

  /** Returns the value of a key, if it is cached. */
  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Sets the value of a key. */
  public synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  /** Removes all entries. */
  public synchronized void clear() {
    entries.clear();
  }

  /** Removes a key. */
  public synchronized void remove(K key) {
    entries.remove(key);
  }

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int limit;

    Bounded(int limit) {
      super(16, 0.75f, true);
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > limit;
    }
  }
}
