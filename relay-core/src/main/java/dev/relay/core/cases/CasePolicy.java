package dev.relay.core.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time limits of cases.
 *
 * @param reopenWindow how long a solved case can be reopened when its customer returns; afterwards it is closed
 * @param reminderAfter how long a case is pending before its customer is reminded; zero for never
 */
public record CasePolicy(Duration reopenWindow, Duration reminderAfter) {
  /** 72 hours to reopen, a reminder after 48. */
  public static final CasePolicy DEFAULT = new CasePolicy(Duration.ofDays(3), Duration.ofDays(2));

  /** Returns the longer of the limits: no timer of a case that is not put aside is further ahead, unless the clock was. */
  public Duration longest() {
    return reopenWindow.compareTo(reminderAfter) > 0 ? reopenWindow : reminderAfter;
  }

  /** Returns when the timer of a case is due that has just changed to that status. */
  Optional<Instant> wakeAt(CaseStatus status, Instant now) {
    if (status == CaseStatus.SOLVED) {
      return Optional.of(now.plus(reopenWindow));
    }
    if (status == CaseStatus.PENDING && !reminderAfter.isZero()) {
      return Optional.of(now.plus(reminderAfter));
    }
    return Optional.empty();
  }
}
