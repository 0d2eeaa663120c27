package dev.relay.testkit.simulation;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Simulated far side of a port, with the deliveries that people see. Shows every delivery as often as it arrives, so that each
 * defect of the engine becomes visible, and fails in every way that the contract allows. Used by one thread.
 */
final class FarSide {
  /** The reasons of a refusal of one entry, and of an outage. */
  static final String NEVER = "simulated: never";

  static final String DOWN = "simulated: down";

  private final String name;
  private Duration downUntil = Duration.ZERO;
  private final World world;
  private final Map<DeliveryId, Integer> shown = new LinkedHashMap<>();
  private final List<DeliveryId> order = new ArrayList<>();
  private final Map<DeliveryId, DeliveryResult> last = new HashMap<>();

  FarSide(String name, World world) {
    this.name = name;
    this.world = world;
  }

  /**
   * Makes one delivery attempt.
   *
   * @param show runs each time the delivery is shown
   */
  DeliveryResult deliver(DeliveryId id, String what, Runnable show) {
    DeliveryResult result = attempt(id, what, show);
    last.put(id, result);
    world.history().add(name, id + " " + what + " -> " + result);
    return result;
  }

  private DeliveryResult attempt(DeliveryId id, String what, Runnable show) {
    Chance chance = world.chance();
    if (isDown()) {
      return new DeliveryResult.PortDown(DOWN, Optional.empty());
    }
    if (!world.isTroubled() || !chance.percent(world.scenario().farSideTrouble())) {
      return act(id, what, show);
    }
    return switch (chance.between(0, 10)) {
      case 0, 1 -> DeliveryResult.retryLater("simulated: try later");
      case 2 ->
        new DeliveryResult.RetryLater(
            "simulated: too many", Optional.of(chance.millisBetween(0, 8_000)));
      case 3 -> chance.percent(20) ? refusal() : DeliveryResult.retryLater("simulated: not now");
      case 4 -> new DeliveryResult.Unknown("simulated: lost on the way there");
      case 5, 6 -> {
        act(id, what, show);
        yield new DeliveryResult.Unknown("simulated: lost on the way back");
      }
      case 7 -> throw new IllegalStateException("simulated: broke before");
      case 8 -> {
        act(id, what, show);
        throw new IllegalStateException("simulated: broke after");
      }
      default -> slowly(id, what, show);
    };
  }

  private DeliveryResult refusal() {
    return world.chance().percent(50)
        ? new DeliveryResult.Rejected(Scope.ENTRY, NEVER)
        : new DeliveryResult.Rejected(Scope.CUSTOMER, "simulated: closed");
  }

  /** Begins an outage, in which every attempt fails because the far side is down. */
  void fail(Duration time) {
    Duration end = world.agenda().elapsed().plus(time);
    if (end.compareTo(downUntil) > 0) {
      downUntil = end;
    }
  }

  boolean isDown() {
    return world.isTroubled() && world.agenda().elapsed().compareTo(downUntil) < 0;
  }

  /** Makes a slow attempt, during which other tasks run; if an engine is killed before the attempt acts, nothing is sent. */
  private DeliveryResult slowly(DeliveryId id, String what, Runnable show) {
    Chance chance = world.chance();
    int crashes = world.cluster().crashes();
    boolean actsFirst = world.scenario().instances() > 1 || chance.percent(50);
    Duration time = chance.millisBetween(1, 15_000);
    if (actsFirst) {
      DeliveryResult done = act(id, what, show);
      world.agenda().pass(time);
      return chance.percent(70) ? done : new DeliveryResult.Unknown("simulated: timed out");
    }
    world.agenda().pass(time);
    return world.cluster().crashes() == crashes
        ? act(id, what, show)
        : DeliveryResult.retryLater("simulated: ended before it was sent");
  }

  private DeliveryResult act(DeliveryId id, String what, Runnable show) {
    world
        .verdict()
        .check(
            !what.contains(AgentActor.INTERNAL),
            Check.INTERNAL_STAYS_INTERNAL,
            name + " saw " + id + ": " + what);
    int times = shown.merge(id, 1, Integer::sum);
    world
        .verdict()
        .check(times == 1, Check.NOTHING_IS_SEEN_TWICE, name + " saw " + id + " twice: " + what);
    world.history().add(name, "sees " + id + " " + what);
    order.add(id);
    show.run();
    return DeliveryResult.delivered("x-" + id);
  }

  LookUp lookUp(DeliveryId id) {
    LookUp found = look(id);
    world.history().add(name, "is asked for " + id + " -> " + found);
    return found;
  }

  private LookUp look(DeliveryId id) {
    if (world.isTroubled() && world.chance().percent(world.scenario().farSideTrouble() / 2)) {
      if (world.chance().percent(25)) {
        throw new IllegalStateException("simulated: broke while looking");
      }
      return new LookUp.CannotTell("simulated: cannot tell");
    }
    return shown.containsKey(id) ? new LookUp.Found(Optional.of("x-" + id)) : new LookUp.NotFound();
  }

  boolean hasSeen(DeliveryId id) {
    return shown.containsKey(id);
  }

  /** Checks whether the last attempt reported that the delivery had arrived. */
  boolean saidDelivered(DeliveryId id) {
    return last.get(id) instanceof DeliveryResult.Delivered;
  }

  /** Returns the ids of the deliveries seen, in order of time. */
  List<DeliveryId> order() {
    return List.copyOf(order);
  }
}
