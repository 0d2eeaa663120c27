package dev.relay.twilio.studio;

import dev.relay.core.delivery.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The last failure of the Studio flow, which counts as an outage for a minute: if no questions come, nothing shows its end. Thread-safe. */
final class RecentFailure {
  private static final Duration LASTS = Duration.ofMinutes(1);

  private final InstantSource clock;
  private volatile Optional<Failure> last = Optional.empty();

  RecentFailure(InstantSource clock) {
    this.clock = clock;
  }

  private record Failure(String reason, Instant at) {}

  void record(String reason) {
    last = Optional.of(new Failure(reason, clock.instant()));
  }

  void clear() {
    last = Optional.empty();
  }

  Health health() {
    Instant since = clock.instant().minus(LASTS);
    return last.filter(it -> it.at().isAfter(since))
        .map(it -> Health.down(it.reason()))
        .orElseGet(Health::up);
  }
}
