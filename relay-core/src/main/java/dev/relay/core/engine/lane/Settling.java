package dev.relay.core.engine.lane;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.store.Lane.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The rules by which an attempt at the head of a lane is settled: a pure function, except for the jitter of the back-off. */
final class Settling {
  /** The bounds of a wait that the far side requests, such as Retry-After. */
  private static final Duration SHORTEST_REQUEST = Duration.ofSeconds(1);

  private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

  /** The wait after a failure that concerns every delivery of the port. */
  private static final Duration PORT_DOWN = Duration.ofSeconds(10);

  private Settling() {}

  /**
   * Returns the settlement of an attempt.
   *
   * @param result the result of the attempt
   * @param failures the failed attempts before this one
   * @param backOff the delays between attempts; after the last one the lane is parked
   * @param random varies the delays
   * @param now the end of the attempt
   * @param leaseEnd the end of the next lease, under which the lane continues after a success
   */
  static Settlement of(
      DeliveryResult result,
      int failures,
      BackOff backOff,
      RandomGenerator random,
      Instant now,
      Instant leaseEnd) {
    if (result instanceof DeliveryResult.Delivered delivered) {
      return new Settlement.Done(delivered.externalId(), leaseEnd);
    }
    if (result instanceof DeliveryResult.Rejected rejected) {
      return new Settlement.Park(rejected.reason(), false);
    }
    if (result instanceof DeliveryResult.RetryLater later && later.after().isPresent()) {
      // A requested wait is no failure: the attempts are not counted.
      return new Settlement.Again(
          now.plus(withinBounds(later.after().get())), later.reason(), false, false);
    }
    if (result instanceof DeliveryResult.PortDown down) {
      Duration wait = down.after().map(Settling::withinBounds).orElse(PORT_DOWN);
      return new Settlement.Again(now.plus(wait), down.reason(), false, false);
    }
    boolean inDoubt = result instanceof DeliveryResult.Unknown;
    String reason = result instanceof DeliveryResult.Unknown unknown
        ? unknown.reason()
        : ((DeliveryResult.RetryLater) result).reason();
    int attempts = failures + 1;
    Optional<Duration> wait = backOff.after(attempts, random);
    return wait.isEmpty()
        ? new Settlement.Park("given up after " + attempts + " attempts: " + reason, inDoubt)
        : new Settlement.Again(now.plus(wait.get()), reason, true, inDoubt);
  }

  private static Duration withinBounds(Duration requested) {
    if (requested.compareTo(SHORTEST_REQUEST) < 0) {
      return SHORTEST_REQUEST;
    }
    return requested.compareTo(LONGEST_REQUEST) > 0 ? LONGEST_REQUEST : requested;
  }
}
