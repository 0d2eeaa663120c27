package dev.relay.testkit.simulation;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.engine.Engine;
import dev.relay.core.message.Participant;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.team.Team.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An operator who handles dead letters, publishes announcements and changes cases. Used by one thread. */
final class Operator {
  static final Participant PARTICIPANT = Participant.agent("operator", "Operator");

  private final World world;
  private int announcements;

  Operator(World world) {
    this.world = world;
  }

  void begin() {
    world.agenda().after(world.chance().millisBetween(3_000, 20_000), this::look);
  }

  private void look() {
    if (!world.isTroubled()) {
      return;
    }
    world.cluster().any().map(Cluster.Instance::engine).ifPresent(engine -> {
      if (world.chance().percent(20)) {
        changePresence(engine);
      }
      if (world.chance().percent(2)) {
        world.disable(AgentActor.name(world.chance().between(1, world.scenario().agents())));
      }
      switch (world.chance().between(0, 4)) {
        case 0 -> publish(engine);
        case 1 -> changeCase(engine);
        default -> lookAfterDeadLetters(engine);
      }
    });
    begin();
  }

  /** An agent opens the desk, goes away, or vanishes. */
  private void changePresence(Engine engine) {
    String agent = AgentActor.name(world.chance().between(1, world.scenario().agents()));
    Status status = world.chance().of(List.of(Status.ONLINE, Status.AWAY, Status.OFFLINE));
    world.history().add("operator", "notes that " + agent + " is " + status);
    var unused = engine.services().teams().become(agent, EnumSet.allOf(Status.class), status);
  }

  private void lookAfterDeadLetters(Engine engine) {
    List<Lane> parked = world.store().read(queries -> queries.parkedLanes(Optional.empty(), 10));
    if (parked.isEmpty()) {
      return;
    }
    Lane lane = world.chance().of(parked);
    if (world.chance().percent(60)) {
      world.history().add("operator", "retries " + lane.key());
      var unused = engine.services().deadLetters().retry(lane.key(), PARTICIPANT);
    } else {
      world.history().add("operator", "skips the head of " + lane.key());
      var unused = engine.services().deadLetters().skip(lane.key(), PARTICIPANT);
    }
  }

  private void publish(Engine engine) {
    String title = "news " + ++announcements;
    world.history().add("operator", "publishes " + title);
    var unused =
        engine.services().announcements().publish(PARTICIPANT, title, "text", Optional.empty());
  }

  private void changeCase(Engine engine) {
    List<SupportCase> cases =
        world.store().read(queries -> queries.cases(CaseFilter.any(), Optional.empty(), 5));
    if (cases.isEmpty()) {
      return;
    }
    CaseChange change = world.chance().percent(50)
        ? CaseChange.status(
            world.chance().of(List.of(CaseStatus.OPEN, CaseStatus.PENDING, CaseStatus.SOLVED)))
        : CaseChange.none().withPriority(world.chance().of(List.of(CasePriority.values())));
    SupportCase one = world.chance().of(cases);
    if (world.chance().percent(20)) {
      change = CaseChange.none()
          .withSnooze(Optional.of(
              world.clock().instant().plus(Duration.ofSeconds(world.chance().between(1, 60)))));
    }
    world.history().add("operator", "changes case " + one.number() + ": " + change);
    var unused =
        engine.services().cases().change(one.number(), change, PARTICIPANT, OptionalLong.empty());
  }
}
