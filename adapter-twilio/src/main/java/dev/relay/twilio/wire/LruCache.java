package dev.relay.twilio.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** LRU caches that save calls to Twilio: the entry that was not used for longest is dropped, and read from Twilio again when needed. */
public final class LruCache {
  private LruCache() {}

  /** Returns a map of at most that many entries; not thread-safe. */
  public static <K, V> Map<K, V> of(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
