package dev.relay.http.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Finds streams by a key, in the order in which they were added. Thread-safe. */
final class StreamIndex<K, S extends LiveStream> {
  private final ConcurrentHashMap<K, List<S>> streams = new ConcurrentHashMap<>();

  void add(K key, S stream) {
    streams.merge(key, List.of(stream), (one, other) -> {
      List<S> both = new ArrayList<>(one);
      both.addAll(other);
      return List.copyOf(both);
    });
  }

  void remove(K key, S stream) {
    streams.computeIfPresent(key, (unused, all) -> {
      List<S> left = all.stream().filter(each -> each != stream).toList();
      return left.isEmpty() ? null : left;
    });
  }

  List<S> of(K key) {
    return streams.getOrDefault(key, List.of());
  }
}
