package dev.relay.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the store fails, of which observers are notified when it begins, once a minute, and when it ends, however often
 * something fails in it. Thread-safe.
 */
final class StoreOutage {
  /** How often an outage that lasts is reported. */
  static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

  /** The time without a failure after which an outage is over; longer than the time between two looks at the store. */
  static final Duration QUIET = Duration.ofSeconds(5);

  private @Nullable Instant beganAt;
  private Instant reportedAt = Instant.MIN;
  private Instant failedAt = Instant.MIN;
  private boolean cannotRead;
  private boolean cannotWrite;
  private long failures;

  /**
   * What is reported of an outage.
   *
   * @param lasts the time since its beginning, zero at the beginning
   * @param failures the number of failures so far
   */
  record Report(Duration lasts, long failures) {}

  /** Counts a failure; returns a report if one is due. */
  synchronized Optional<Report> failed(boolean isWrite, Instant now) {
    failures++;
    failedAt = now;
    cannotRead |= !isWrite;
    cannotWrite |= isWrite;
    if (beganAt == null) {
      beganAt = now;
    } else if (Duration.between(reportedAt, now).compareTo(REPEATED_AFTER) < 0) {
      return Optional.empty();
    }
    reportedAt = now;
    return Optional.of(new Report(Duration.between(beganAt, now), failures));
  }

  /** Notes that the store could be read. If it could not be read meanwhile, it is assumed to be writable again, too. */
  synchronized Optional<Report> read(Instant now) {
    return cannotWrite && !cannotRead ? Optional.empty() : worked(now);
  }

  /** Notes that the store could be written. */
  synchronized Optional<Report> written(Instant now) {
    return worked(now);
  }

  private Optional<Report> worked(Instant now) {
    if (beganAt == null || Duration.between(failedAt, now).compareTo(QUIET) < 0) {
      return Optional.empty();
    }
    Report report = new Report(Duration.between(beganAt, failedAt), failures);
    beganAt = null;
    cannotRead = false;
    cannotWrite = false;
    failures = 0;
    return Optional.of(report);
  }
}
