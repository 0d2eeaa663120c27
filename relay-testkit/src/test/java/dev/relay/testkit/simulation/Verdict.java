package dev.relay.testkit.simulation;

import java.util.Optional;

/** First failure that the checks found, if there is one. Used by one thread. */
final class Verdict {
  private Optional<Finding> first = Optional.empty();

  record Finding(Check check, String what) {}

  void fail(Check check, String what) {
    if (first.isEmpty()) {
      first = Optional.of(new Finding(check, what));
    }
  }

  void check(boolean holds, Check check, String what) {
    if (!holds) {
      fail(check, what);
    }
  }

  Optional<Finding> first() {
    return first;
  }
}
