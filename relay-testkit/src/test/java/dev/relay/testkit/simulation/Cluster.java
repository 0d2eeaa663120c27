package dev.relay.testkit.simulation;

import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.Engine;
import dev.relay.core.engine.EngineParts;
import dev.relay.core.engine.Machine;
import dev.relay.core.engine.Ports;
import dev.relay.core.intake.Intake;
import dev.relay.core.notice.NoticeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Engines on one store, which are started, killed and restarted. Used by one thread. */
final class Cluster {
  private static final NoticeTexts NOTICES = NoticeTexts.shipped();

  private final World world;
  private final Variation variation;
  private final List<Instance> running = new ArrayList<>();
  private int started;
  private int crashes;

  Cluster(World world, Variation variation) {
    this.world = world;
    this.variation = variation;
  }

  /** One engine with the parts that belong to it alone. */
  final class Instance {
    private final String name;
    private final SimulatedScheduling scheduling;
    private final RecordedStore store;
    private final Engine engine;
    private final Intake intake;
    private boolean alive = true;

    private Instance(String name) {
      this.name = name;
      this.scheduling = new SimulatedScheduling(
          world.agenda(),
          broken -> world
              .verdict()
              .fail(Check.ENGINE_NEVER_BREAKS, "a task of " + name + " ended with " + broken));
      this.store = new RecordedStore(world.store(), world, () -> kill(this));
      this.engine = new Engine(parts());
      this.intake = variation.intake(engine.services().intake(), world.agenda());
    }

    private EngineParts parts() {
      List<AgentDesk> desks = new ArrayList<>();
      world
          .desks()
          .forEach(id -> desks.add(new SimulatedDesk(id, world.desksSide(), world.passedOn())));
      return new EngineParts(
          variation.store(store),
          new Ports(
              List.of(new SimulatedChannel(world.customersSide())),
              desks,
              new SimulatedVirtualAgent(world),
              Optional.of(new SimulatedAnnouncer(world.newsSide()))),
          world.scenario().settings(),
          NOTICES,
          List.of(new EngineWatch(world, name)),
          new Machine(
              variation.clock(world.clock(), world.agenda()),
              world.chance().split(),
              Optional.of(scheduling),
              name));
    }

    String name() {
      return name;
    }

    Intake intake() {
      return intake;
    }

    Engine engine() {
      return engine;
    }

    boolean isAlive() {
      return alive;
    }
  }

  void startAll() {
    for (int each = 0; each < world.scenario().instances(); each++) {
      startOne();
    }
  }

  private void startOne() {
    Instance instance = new Instance("engine-" + ++started);
    world.history().add(instance.name(), "starts");
    running.add(instance);
    instance.engine.start();
  }

  /** Returns a random running instance, if there is one. */
  Optional<Instance> any() {
    return running.isEmpty() ? Optional.empty() : Optional.of(world.chance().of(running));
  }

  /** Returns the instance to which the given sender is connected, if one is running. */
  Optional<Instance> servant(String of) {
    return running.isEmpty()
        ? Optional.empty()
        : Optional.of(running.get(Math.floorMod(of.hashCode(), running.size())));
  }

  /** Kills a random instance without warning. */
  void killAny() {
    any().ifPresent(this::kill);
  }

  private void kill(Instance instance) {
    if (!instance.alive) {
      return;
    }
    world.history().add(instance.name(), "is killed");
    crashes++;
    instance.alive = false;
    instance.store.kill();
    instance.scheduling.kill();
    running.remove(instance);
    world.post().lost(instance);
    world.agenda().after(world.chance().millisBetween(10, 6_000), this::startOne);
  }

  /** Returns the number of instances killed so far. */
  int crashes() {
    return crashes;
  }
}
