package dev.relay.discord.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The planned faults by route and number. The first one that fits is used. Thread-safe. */
public final class Faults {
  private final List<Plan> plans = new ArrayList<>();

  private static final class Plan {
    private final String route;
    private final Fault fault;
    private final double probability;
    private final Random random;
    private long left;

    Plan(String route, Fault fault, long times, double probability, Random random) {
      this.route = route;
      this.fault = fault;
      this.left = times;
      this.probability = probability;
      this.random = random;
    }

    boolean strikes(String requested) {
      if (left == 0 || !(route.equals(Routes.ANY) || route.equals(requested))) {
        return false;
      }
      if (probability < 1 && random.nextDouble() >= probability) {
        return false;
      }
      left--;
      return true;
    }
  }

  /** Makes the next request of a route (one of {@link Routes}) fail with a fault. */
  public void next(String route, Fault fault) {
    next(1, route, fault);
  }

  /** Makes the next requests of a route fail with a fault. */
  public synchronized void next(int times, String route, Fault fault) {
    plans.add(new Plan(route, fault, times, 1, new Random(0)));
  }

  /** Makes all requests of a route fail with a fault until {@link #clear()}. */
  public synchronized void always(String route, Fault fault) {
    plans.add(new Plan(route, fault, Long.MAX_VALUE, 1, new Random(0)));
  }

  /** Makes each request of a route fail with a fault with a probability (0 to 1) until {@link #clear()}. */
  public synchronized void atRandom(Random random, double probability, String route, Fault fault) {
    plans.add(new Plan(route, fault, Long.MAX_VALUE, probability, random));
  }

  /** Removes all faults. */
  public synchronized void clear() {
    plans.clear();
  }

  synchronized @Nullable Fault strike(String route) {
    for (Plan plan : plans) {
      if (plan.strikes(route)) {
        return plan.fault;
      }
    }
    return null;
  }
}
