package dev.relay.core.engine.lane;

import java.time.Duration;
import java.time.Instant;

/**
 * The time for which a lane may keep its slot while other lanes of the port are due. The k-th due lane is attempted at the latest after
 * k / slots turns, rounded up.
 *
 * @param begun the time of the claim
 * @param entries the entries attempted under it
 */
record Turn(Instant begun, int entries) {
  static final int MOST_ENTRIES = 8;
  static final Duration LONGEST = Duration.ofMillis(250);

  static Turn begin(Instant now) {
    return new Turn(now, 1);
  }

  Turn next() {
    return new Turn(begun, entries + 1);
  }

  boolean isOver(Instant now) {
    return entries >= MOST_ENTRIES || Duration.between(begun, now).compareTo(LONGEST) >= 0;
  }
}
