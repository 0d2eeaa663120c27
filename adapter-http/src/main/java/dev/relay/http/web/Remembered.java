package dev.relay.http.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is costly to find, and therefore found once per second at the most, by one caller while the others wait for it.
 * Thread-safe.
 */
public final class Remembered<T> implements Supplier<T> {
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);

  private final Supplier<T> source;
  private final InstantSource clock;
  private @Nullable Answer<T> last;

  private record Answer<T>(T value, Instant staleFrom) {}

  public Remembered(Supplier<T> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public synchronized T get() {
    Answer<T> answer = last;
    if (answer == null || !clock.instant().isBefore(answer.staleFrom())) {
      T value = source.get();
      answer = new Answer<>(value, clock.instant().plus(FRESH_FOR));
      last = answer;
    }
    return answer.value();
  }
}
