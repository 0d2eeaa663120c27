package dev.relay.core.engine;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.engine.commit.EventApplier;
import dev.relay.core.engine.commit.Scheduling;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.engine.lane.AnnouncerLink;
import dev.relay.core.engine.lane.Answers;
import dev.relay.core.engine.lane.ChannelLink;
import dev.relay.core.engine.lane.DeskLink;
import dev.relay.core.engine.lane.LaneClaims;
import dev.relay.core.engine.lane.LaneRunner;
import dev.relay.core.engine.lane.LaneSettler;
import dev.relay.core.engine.lane.LanesInFlight;
import dev.relay.core.engine.lane.PortBreaker;
import dev.relay.core.engine.lane.PortLink;
import dev.relay.core.engine.lane.VirtualAgentLink;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.message.Topic;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The engine of a Relay: applies events, delivers effects, fires timers. Thread-safe. Programs use it through {@code Relay}; a test runs
 * it step by step with its own {@link Scheduling}.
 */
public final class Engine {
  private static final long POLL_MILLIS = 20;

  /** The part of the grace period in which no attempt begins: a quarter. */
  private static final int LAST_PART = 4;

  /** The number of threads per inbox: enough for several customers at once, since long work runs on the port's own threads. */
  private static final int INBOX_THREADS = 4;

  private final Store store;
  private final Scheduling scheduling;
  private final Committer committer;
  private final EngineIntake intake;
  private final Services services;
  private final Map<PortId, Inbox> inboxes = new HashMap<>();
  private final Map<PortId, LaneRunner> runners = new HashMap<>();
  private final Timers timers;
  private final InstantSource clock;
  private final Ports ports;
  private final DeskHealth deskHealth;
  private volatile boolean started;
  private volatile boolean stopped;

  /** Creates an engine; nothing runs before {@link #start}. */
  public Engine(EngineParts parts) {
    RelayObserver observer = new Observers(parts.observers(), parts.machine().clock());
    Settings settings = parts.settings();
    Machine machine = parts.machine();
    this.store = parts.store();
    this.ports = parts.ports();
    // Stores keep milliseconds: a conversation is the same whether it was just saved or read.
    this.clock = () -> machine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    this.deskHealth = new DeskHealth(settings);
    this.scheduling = machine.scheduling().orElseGet(() -> new ThreadScheduling(observer));
    Surroundings surroundings = new Surroundings(
        clock,
        settings,
        parts.notices(),
        ports.virtualAgent(),
        ports.desks().get(0).id(),
        ports.desks().stream().filter(AgentDesk::hasTeam).map(AgentDesk::id).findFirst(),
        ports.announcer());
    EventApplier applier = new EventApplier(surroundings, observer);
    this.committer =
        new Committer(store, scheduling.executor("committer", 1), observer, new DueLanes());
    EngineCore core = new EngineCore(store, committer, applier, scheduling, surroundings, observer);
    this.intake = new EngineIntake(core, ports, new TypingSignals(core, ports));
    Operations operations = new Operations(
        committer,
        clock,
        ports.announcer().filter(it -> it.topics().contains(Topic.NEWS)).map(Announcer::id),
        store,
        runners);
    this.services = new Services(
        intake,
        new CommittedCases(store, committer, surroundings, applier),
        new CommittedCustomers(committer, surroundings.clock()),
        operations,
        operations,
        new CommittedLeases(committer, clock, machine.owner()),
        new CommittedTeams(store, committer, surroundings, applier));
    LanesInFlight lanesInFlight = new LanesInFlight();
    for (PortLink link : links(parts, observer)) {
      LaneClaims claims = new LaneClaims(
          link, surroundings, observer, machine.owner(), new PortBreaker(machine.random()));
      runners.put(
          link.port(),
          new LaneRunner(
              core,
              claims,
              new LaneSettler(core, claims, machine.random()),
              lanesInFlight,
              scheduling.executor(link.port().value(), settings.concurrency())));
    }
    ports.channels().forEach(it -> addInbox(it.id()));
    ports.desks().forEach(it -> addInbox(it.id()));
    Map<PortId, LaneRunner> deskRunners = new HashMap<>(runners);
    deskRunners.keySet().retainAll(ports.desks().stream().map(AgentDesk::id).toList());
    this.timers = new Timers(
        core,
        services.teams(),
        scheduling.executor("timers", 1),
        new DeskOutages(core, deskRunners),
        new Reachability(store, ports.channels(), observer));
  }

  private void addInbox(PortId port) {
    inboxes.put(
        port,
        new Inbox(intake, scheduling.executor("inbox-" + port, INBOX_THREADS), scheduling::after));
  }

  private static List<PortLink> links(EngineParts parts, RelayObserver observer) {
    List<PortLink> links = new ArrayList<>();
    Ports ports = parts.ports();
    Settings settings = parts.settings();
    for (Channel channel : ports.channels()) {
      Answers answers = new Answers(channel.id(), observer);
      links.add(new ChannelLink(channel, answers, settings.backOff(), parts.notices()));
    }
    for (AgentDesk desk : ports.desks()) {
      Answers answers = new Answers(desk.id(), observer);
      links.add(new DeskLink(
          desk, answers, settings.backOff(), settings.handoffBackOff(), parts.notices()));
    }
    links.add(new VirtualAgentLink(
        ports.virtualAgent(), settings.virtualAgentBackOff(), settings.answerPause()));
    ports
        .announcer()
        .ifPresent(it ->
            links.add(new AnnouncerLink(it, new Answers(it.id(), observer), settings.backOff())));
    return links;
  }

  /** Starts to deliver and to watch timers, without starting channels and desks. */
  public void start() {
    started = true;
    runners.values().forEach(LaneRunner::start);
    timers.start();
  }

  /**
   * Stops as {@code Relay.stop} describes. Blocks. Harmless if repeated.
   *
   * @param grace the longest time that this may take
   */
  public void stop(Duration grace) {
    if (stopped) {
      return;
    }
    stopped = true;
    long begin = System.nanoTime();
    long deadline = begin + grace.toNanos();
    // The other half is for the deliveries: an inbox may never become idle, for example while the
    // store is down.
    await(begin + grace.toNanos() / 2, () -> inboxes.values().stream().allMatch(Inbox::isIdle));
    inboxes.values().forEach(Inbox::close);
    intake.close();
    timers.stop();
    // The last part is for the attempts that are under way by then, and for lanes to be given back:
    // a lane that is held at the end waits for the end of its lease.
    await(
        deadline - grace.dividedBy(LAST_PART).toNanos(),
        () -> committer.size() == 0 && nothingIsBeingDelivered() && !(started && isAnyLaneDue()));
    runners.values().forEach(LaneRunner::stop);
    await(deadline, () -> committer.size() == 0 && nothingIsBeingDelivered());
    scheduling.close(Duration.ofNanos(
        Math.max(Duration.ofMillis(POLL_MILLIS).toNanos(), deadline - System.nanoTime())));
    committer.close();
  }

  /**
   * Returns the inbox of a channel or desk.
   *
   * @throws NullPointerException if the engine has no such channel or desk
   */
  public Inbox inbox(PortId port) {
    return Objects.requireNonNull(
        inboxes.get(port), () -> "channel or desk \"" + port + "\" is not registered");
  }

  /** Returns the services of this engine. */
  public Services services() {
    return services;
  }

  /** Reports the health of each component: {@code store}, {@code engine}, {@code channel:…}, {@code desk:…}, {@code announcer:…}. */
  public Map<String, Health> health() {
    Map<String, Health> health = new TreeMap<>();
    health.put("store", store.health());
    health.put("engine", engineHealth());
    ports
        .channels()
        .forEach(channel ->
            health.put("channel:" + channel.id(), health(channel.id(), channel.health())));
    Map<PortId, Health> desks = new LinkedHashMap<>();
    ports.desks().forEach(desk -> desks.put(desk.id(), health(desk.id(), desk.health())));
    deskHealth.of(desks).forEach((id, state) -> health.put("desk:" + id, state));
    ports
        .announcer()
        .ifPresent(it ->
            health.put("announcer:" + it.id(), health(it.id(), it.health()).notNeeded()));
    return health;
  }

  /** Returns a port's health by its own report, unless its circuit breaker is open although it reports nothing. */
  private Health health(PortId port, Health reported) {
    return Optional.ofNullable(runners.get(port))
        .flatMap(LaneRunner::outage)
        .filter(outage -> reported.ready())
        .map(outage -> new Health(false, "deliveries fail: " + outage, reported.needed()))
        .orElse(reported);
  }

  private Health engineHealth() {
    if (!started) {
      return Health.down("not started");
    }
    if (intake.isClosed()) {
      return Health.down("stopping");
    }
    List<String> failing = runners.entrySet().stream()
        .filter(each -> each.getValue().isFailing())
        .map(each -> each.getKey().value())
        .sorted()
        .toList();
    return failing.isEmpty()
        ? Health.up()
        : Health.down("nothing is delivered through " + String.join(", ", failing)
            + ": the backlog cannot be read; see the log for the cause");
  }

  /** The lanes of this engine's ports, once it is started. */
  private final class DueLanes implements Committer.DuePorts {
    @Override
    public Set<PortId> claim(Set<PortId> ports, Transaction transaction, Changes changes) {
      if (!started) {
        return Set.of();
      }
      Set<PortId> later = new HashSet<>();
      for (PortId port :
          ports.stream().sorted(Comparator.comparing(PortId::value)).toList()) {
        LaneRunner runner = runners.get(port);
        if (runner != null && !runner.claimWithin(transaction, changes)) {
          later.add(port);
        }
      }
      return later;
    }

    @Override
    public void wake(Set<PortId> ports) {
      if (!started) {
        return;
      }
      for (PortId port : ports) {
        LaneRunner runner = runners.get(port);
        if (runner != null) {
          runner.wake();
        }
      }
    }
  }

  private boolean nothingIsBeingDelivered() {
    return runners.values().stream().allMatch(runner -> runner.inFlight() == 0);
  }

  private boolean isAnyLaneDue() {
    try {
      Instant now = clock.instant();
      return store.read(queries -> runners.keySet().stream()
          .anyMatch(port ->
              queries.nextLaneDue(port, now).filter(due -> !due.isAfter(now)).isPresent()));
    } catch (RuntimeException storeIsGone) {
      return false;
    }
  }

  private static void await(long deadline, BooleanSupplier condition) {
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
