package dev.relay.testkit.simulation;

import dev.relay.core.access.AgentAccount;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parts of one simulation. Used by one thread. */
final class World {
  private final Scenario scenario;
  private final Chance chance;
  private final Agenda agenda;
  private final SimulatedClock clock;
  private final History history;
  private final Verdict verdict = new Verdict();
  private final MemoryStore store = new MemoryStore();
  private final CommitChecks commits;
  private final FarSide customersSide = new FarSide("customers", this);
  private final FarSide desksSide = new FarSide("desks", this);
  private final FarSide newsSide = new FarSide("news", this);
  private final PassedOn passedOn = new PassedOn(this);
  private final Cluster cluster;
  private final Post post;
  private boolean troubled = true;

  World(long seed, Variation variation) {
    this.chance = new Chance(seed);
    this.scenario = Scenario.drawnFrom(chance);
    this.agenda = new Agenda(chance);
    this.clock = new SimulatedClock(agenda);
    this.commits = new CommitChecks(store, verdict, clock);
    this.history = new History(agenda);
    this.cluster = new Cluster(this, variation);
    this.post = new Post(this);
    for (int number = 1; number <= scenario.agents(); number++) {
      store
          .accounts()
          .add(new AgentAccount(
              AgentActor.name(number),
              "Agent " + number,
              Optional.empty(),
              clock.instant(),
              false,
              AgentAccount.Role.AGENT,
              chance.between(1, 3)));
    }
    if (scenario.assigns()) {
      store.write(transaction -> {
        for (int number = 1; number <= scenario.agents(); number++) {
          transaction.save(Team.Presence.unknown(AgentActor.name(number))
              .become(Team.Status.ONLINE, clock.instant()));
        }
        for (QueueName queue : List.of(Scenario.PEOPLE, QueueName.DEFAULT)) {
          transaction.save(new Team.Queue(
              queue, Team.Assignment.LEAST_BUSY, Team.Queue.SHORTEST_OFFER, Set.of()));
        }
        return true;
      });
    }
  }

  /** Checks whether that live agent may still log in. */
  boolean mayLogIn(String agent) {
    return store.accounts().find(agent).filter(account -> !account.disabled()).isPresent();
  }

  /** Disables the account of a live agent, as another process does. */
  void disable(String agent) {
    AgentAccount account = store.accounts().find(agent).orElseThrow();
    history.add("operator", "disables " + agent);
    var unused = store.accounts().replace(account, account.withDisabled(true));
  }

  Scenario scenario() {
    return scenario;
  }

  Chance chance() {
    return chance;
  }

  Agenda agenda() {
    return agenda;
  }

  SimulatedClock clock() {
    return clock;
  }

  History history() {
    return history;
  }

  Verdict verdict() {
    return verdict;
  }

  /** Returns the real store, which never fails. */
  Store store() {
    return store;
  }

  CommitChecks commits() {
    return commits;
  }

  Cluster cluster() {
    return cluster;
  }

  Post post() {
    return post;
  }

  FarSide customersSide() {
    return customersSide;
  }

  FarSide desksSide() {
    return desksSide;
  }

  PassedOn passedOn() {
    return passedOn;
  }

  FarSide newsSide() {
    return newsSide;
  }

  /** Checks whether crashes, clocks, a store that fails, or another engine may explain what is late. */
  boolean isInterfered() {
    return scenario.crashes() > 0
        || scenario.clockJumps() > 0
        || scenario.storeTrouble() > 0
        || scenario.instances() > 1;
  }

  List<PortId> desks() {
    List<PortId> desks = new ArrayList<>();
    for (int desk = 1; desk <= scenario.desks(); desk++) {
      desks.add(Scenario.desk(desk));
    }
    return desks;
  }

  /** Checks whether failures still occur and people are still active. */
  boolean isTroubled() {
    return troubled;
  }

  /** Ends all failures and all new activity. */
  void calm() {
    history.add("world", "nothing goes wrong from here on");
    troubled = false;
  }
}
