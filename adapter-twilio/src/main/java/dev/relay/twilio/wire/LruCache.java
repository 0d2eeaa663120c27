package dev.relay.twilio.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** Memories that save calls, and are bounded: what was not used for longest is forgotten, and found again at Twilio. */
public final class LruCache {
  private LruCache() {}

  /** A map of at most that many; not thread-safe. */
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
