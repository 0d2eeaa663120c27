package dev.relay.http.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value that is expensive to compute for one second. One caller computes it while the others wait for the result.
 * Thread-safe.
 *
 * @param <T> the type of the value
 */
public final class Memoizer<T> {
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);

  private final Supplier<T> source;
  private final InstantSource clock;
  private @Nullable Value<T> last;

  private record Value<T>(T value, Instant staleFrom) {}

  public Memoizer(Supplier<T> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Returns the value, at most a second old. */
  public synchronized T get() {
    Value<T> current = last;
    if (current == null || !clock.instant().isBefore(current.staleFrom())) {
      T computed = source.get();
      current = new Value<>(computed, clock.instant().plus(FRESH_FOR));
      last = current;
    }
    return current.value();
  }
}
