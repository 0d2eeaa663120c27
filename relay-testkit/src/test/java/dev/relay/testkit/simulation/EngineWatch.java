package dev.relay.testkit.simulation;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Observer that records an engine's reports in the history. */
final class EngineWatch implements RelayObserver {
  /** The time after which the lanes of a port are due again. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Several checks of the timers. */
  private static final Duration PASSED_ON = Duration.ofSeconds(5);

  private final World world;
  private final String engine;
  private final Map<PortId, Instant> down = new HashMap<>();

  EngineWatch(World world, String engine) {
    this.world = world;
    this.engine = engine;
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    note("applied " + eventType + " to " + conversation + ": " + before + " to " + after);
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    note("moved the handoff of " + conversation + " from " + from + " to " + to + ": " + reason);
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    note("refused " + eventType + ": " + refusal.code());
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    note("parked " + lane + ": " + reason);
  }

  @Override
  public void portDown(PortId port, String reason) {
    down.put(port, world.clock().instant());
    note("finds " + port + " down: " + reason);
  }

  @Override
  public void portUp(PortId port) {
    down.remove(port);
    note("finds " + port + " up again");
    int crashes = world.cluster().crashes();
    world.agenda().after(SOON, () -> checkAwake(port, crashes));
  }

  /** Checks that nothing still sleeps because of the outage. Crashes, clocks and a store that fails may have interfered. */
  private void checkAwake(PortId port, int crashes) {
    if (isInterfered(crashes) || down.containsKey(port)) {
      return;
    }
    Instant late = world.clock().instant().plusSeconds(1);
    Kept.in(world.store()).lanes.values().stream()
        .filter(lane -> lane.port().equals(port))
        .filter(lane -> lane.lastError().equals(Optional.of(FarSide.DOWN)))
        .filter(lane -> lane.readyAt().filter(due -> due.isAfter(late)).isPresent())
        .forEach(lane -> world
            .verdict()
            .fail(Check.OUTAGES_END_FOR_ALL, "lane " + lane.key() + " sleeps: " + lane));
  }

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
    Instant since = down.get(port);
    Duration allowed = world.scenario().settings().deskOutage();
    if (since == null
        || !(result instanceof DeliveryResult.PortDown)
        || world.clock().instant().isBefore(since.plus(allowed))
        || isInterfered(world.cluster().crashes())) {
      return;
    }
    int crashes = world.cluster().crashes();
    Set<Unheard> unheard = unheard(port);
    world.agenda().after(PASSED_ON, () -> {
      if (since.equals(down.get(port)) && !isInterfered(crashes)) {
        unheard(port).stream()
            .filter(unheard::contains)
            .forEach(each -> world
                .verdict()
                .fail(Check.NOBODY_WAITS_FOR_A_DEAD_DESK, each + " waits for " + port));
      }
    });
  }

  /**
   * A customer whose words do not reach their live agent.
   *
   * @param conversation the conversation
   * @param since when the agent joined
   */
  private record Unheard(ConversationId conversation, Instant since) {}

  /**
   * Returns the customers whose words a desk could not receive because it is down. A lane that still leads to the desk before, which is to
   * hear that it has lost the conversation, holds none.
   */
  private Set<Unheard> unheard(PortId desk) {
    Kept kept = Kept.in(world.store());
    Set<Unheard> unheard = new HashSet<>();
    for (Conversation each : kept.conversations) {
      Lane lane = kept.lanes.get(new LaneKey(each.id(), Destination.DESK));
      if (each.handling() instanceof Handling.Live live
          && live.desk().equals(desk)
          && lane != null
          && lane.depth() > 0
          && lane.port().equals(desk)
          && lane.lastError().equals(Optional.of(FarSide.DOWN))) {
        unheard.add(new Unheard(each.id(), live.since()));
      }
    }
    return unheard;
  }

  /** Checks whether something else may explain what is late: crashes, clocks, a store that fails, or another engine. */
  private boolean isInterfered(int crashes) {
    return crashes != world.cluster().crashes() || world.isInterfered();
  }

  @Override
  public void fenced(LaneKey lane) {
    note("was fenced in " + lane);
  }

  @Override
  public void broken(String where, Throwable cause) {
    note("broken: " + where + ": " + cause);
    if (!String.valueOf(cause.getMessage()).startsWith("simulated: ")) {
      world.verdict().fail(Check.ENGINE_NEVER_BREAKS, where + ": " + cause);
    }
  }

  private void note(String what) {
    world.history().add(engine, what);
  }
}
