package dev.relay.twilio.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The planned failures. Thread-safe. */
final class Faults {
  private final List<Planned> planned = new ArrayList<>();

  private static final class Planned {
    private final Fault fault;
    private final Predicate<ApiRequest> which;
    private int times;

    Planned(Fault fault, Predicate<ApiRequest> which, int times) {
      this.fault = fault;
      this.which = which;
      this.times = times;
    }
  }

  synchronized void plan(Fault fault, Predicate<ApiRequest> which, int times) {
    planned.add(new Planned(fault, which, times));
  }

  synchronized void clear() {
    planned.clear();
  }

  synchronized Optional<Fault> next(ApiRequest request) {
    for (Planned one : planned) {
      if (one.times > 0 && one.which.test(request)) {
        one.times--;
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }
}
