package dev.relay.core.engine.lane;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The rules by which an attempt at the head of a lane is settled: a pure function, except for the jitter of the back-off. */
final class Settling {
  /** The bounds of a wait that the far side requests, such as Retry-After. */
  private static final Duration SHORTEST_REQUEST = Duration.ofSeconds(1);

  static final Duration LONGEST_REQUEST = Duration.ofHours(1);

  /** The longest wait that is stored, an hour below the limit by which stores detect times of a clock that was ahead. */
  private static final Duration LONGEST_BACK_OFF = Lane.LONGEST_WAIT.minusHours(1);

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
   * @param putOff the time of the next attempt if the port fails everybody, which does not count against the lane; else empty
   */
  static Settlement of(
      DeliveryResult result,
      int failures,
      BackOff backOff,
      RandomGenerator random,
      Instant now,
      Instant leaseEnd,
      Optional<Instant> putOff) {
    if (result instanceof DeliveryResult.Delivered delivered) {
      return new Settlement.Done(delivered.externalId(), leaseEnd);
    }
    if (result instanceof DeliveryResult.Rejected rejected) {
      return rejected.scope() == DeliveryResult.Rejected.Scope.ENTRY
          ? new Settlement.Fail(rejected.reason(), leaseEnd)
          : new Settlement.Park(rejected.reason(), false);
    }
    if (result instanceof DeliveryResult.RetryLater later && later.after().isPresent()) {
      // A requested wait is no failure: the attempts are not counted.
      return new Settlement.Again(
          now.plus(withinBounds(later.after().get())),
          later.reason(),
          Settlement.Again.Cause.REQUEST,
          false);
    }
    boolean inDoubt = result instanceof DeliveryResult.Unknown;
    String reason = reasonOf(result);
    if (putOff.isPresent()) {
      return new Settlement.Again(putOff.get(), reason, Settlement.Again.Cause.OUTAGE, inDoubt);
    }
    int attempts = failures + 1;
    Optional<Duration> wait = backOff.after(attempts, random);
    return wait.isEmpty()
        ? new Settlement.Park(givenUp(attempts, reason), inDoubt)
        : new Settlement.Again(
            now.plus(BackOff.shorter(wait.get(), LONGEST_BACK_OFF)),
            reason,
            Settlement.Again.Cause.FAILURE,
            inDoubt);
  }

  private static String givenUp(int attempts, String reason) {
    return new Reason(
            Reason.Code.GIVEN_UP, Map.of("attempts", Integer.toString(attempts), "reason", reason))
        .words();
  }

  private static String reasonOf(DeliveryResult failure) {
    if (failure instanceof DeliveryResult.PortDown down) {
      return down.reason();
    }
    return failure instanceof DeliveryResult.Unknown unknown
        ? unknown.reason()
        : ((DeliveryResult.RetryLater) failure).reason();
  }

  /** Returns a requested wait within the bounds of such waits. */
  static Duration withinBounds(Duration requested) {
    if (requested.compareTo(SHORTEST_REQUEST) < 0) {
      return SHORTEST_REQUEST;
    }
    return requested.compareTo(LONGEST_REQUEST) > 0 ? LONGEST_REQUEST : requested;
  }
}
