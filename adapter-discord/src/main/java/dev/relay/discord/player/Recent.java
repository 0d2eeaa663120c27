package dev.relay.discord.player;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded memory: what was not asked for longest is forgotten first. Thread-safe. */
public final class Recent<K, V> {
  private final Map<K, V> entries;

  /** Remembers that many entries at the most. */
  public Recent(int limit) {
    entries = new Bounded<>(limit);
  }

  /** What is remembered under that key. */
  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Remembers it. */
  public synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  /** Forgets it. */
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
