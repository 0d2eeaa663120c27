package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.List;

/** Source of crashes and clock changes. Used by one thread. */
final class Weather {
  private static final List<Duration> JUMPS = List.of(
      Duration.ofDays(365),
      Duration.ofDays(-365),
      // A machine that was suspended.
      Duration.ofHours(8),
      Duration.ofDays(1),
      Duration.ofDays(-1),
      Duration.ofSeconds(30),
      Duration.ofSeconds(-30));

  private final World world;

  Weather(World world) {
    this.world = world;
  }

  void begin(int seconds) {
    for (int jump = 0; jump < world.scenario().clockJumps(); jump++) {
      world.agenda().after(world.chance().millisBetween(0, seconds * 1_000), this::jump);
    }
    for (int outage = 0; outage < world.scenario().outages(); outage++) {
      world.agenda().after(world.chance().millisBetween(0, seconds * 1_000), this::outage);
    }
    world.agenda().beforeEach(this::beforeStep);
  }

  private void jump() {
    if (world.isTroubled()) {
      Duration by = world.chance().of(JUMPS);
      world.history().add("clock", "jumps by " + by);
      world.clock().jump(by);
    }
  }

  private void outage() {
    if (world.isTroubled()) {
      FarSide side =
          world.chance().of(List.of(world.customersSide(), world.desksSide(), world.newsSide()));
      Duration time = world.chance().millisBetween(1_000, 60_000);
      world.history().add("weather", "an outage of " + time);
      side.fail(time);
    }
  }

  private void beforeStep() {
    if (world.isTroubled() && world.chance().perTenThousand(world.scenario().crashes())) {
      world.cluster().killAny();
    }
  }
}
