package dev.relay.core.engine;

import dev.relay.core.cases.Cases;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.customer.Customers;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.Topic;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.operations.Leases;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Scheduling;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Applies events, delivers effects, fires timers. Thread-safe. Used through {@code Relay}; a test drives it step by step with a
 * {@link Scheduling} of its own.
 */
public final class Engine {
  private static final long POLL_MILLIS = 20;
  /** Enough for several customers at once; what blocks for long runs on threads of the port's own. */
  private static final int INBOX_THREADS = 4;

  private final Store store;
  private final NoticeTexts notices;
  private final Scheduling scheduling;
  private final Committer committer;
  private final EngineIntake intake;
  private final Cases cases;
  private final Operations operations;
  private final Customers customers;
  private final Leases leases;
  private final Map<PortId, Inbox> inboxes = new HashMap<>();
  private final Map<PortId, LaneRunner> runners = new HashMap<>();
  private final Timers timers;
  private final InstantSource clock;
  private final DeskHealth deskHealth;
  private volatile boolean started;
  private volatile boolean stopped;

  /** Puts the engine together; nothing runs before {@link #start}. */
  public Engine(EngineParts parts) {
    RelayObserver observer = new Observers(parts.observers());
    this.store = parts.store();
    this.clock = parts.clock();
    this.notices = parts.notices();
    this.deskHealth = new DeskHealth(parts.settings());
    this.scheduling = parts.scheduling().orElseGet(() -> new ThreadScheduling(observer));
    Surroundings surroundings = new Surroundings(
        parts.clock(),
        parts.settings(),
        parts.virtualAgent(),
        parts.desks().get(0).id(),
        parts.announcer());
    EventApplier applier = new EventApplier(surroundings, observer);
    this.committer =
        new Committer(store, scheduling.executor("committer", 1), observer, this::wake);
    this.intake =
        new EngineIntake(store, committer, applier, observer, parts.settings().intakeLimit());
    this.cases = new CommittedCases(committer, surroundings);
    this.operations = new Operations(
        committer,
        parts.clock(),
        parts.announcer().filter(it -> it.topics().contains(Topic.NEWS)).map(Announcer::id));
    this.customers = new CommittedCustomers(committer);
    this.leases = new CommittedLeases(committer, parts.clock(), parts.owner());
    EngineCore core = new EngineCore(store, committer, applier, scheduling, surroundings, observer);
    LanesInFlight lanesInFlight = new LanesInFlight();
    for (PortLink link : links(parts)) {
      LaneClaims claims = new LaneClaims(link, surroundings, observer, parts.owner());
      runners.put(
          link.port(),
          new LaneRunner(
              core,
              claims,
              new LaneSettler(core, claims, parts.random()),
              lanesInFlight,
              scheduling.executor(link.port().value(), parts.settings().concurrency())));
    }
    parts.channels().forEach(it -> addInbox(it.id()));
    parts.desks().forEach(it -> addInbox(it.id()));
    this.timers = new Timers(core, scheduling.executor("timers", 1));
  }

  private void addInbox(PortId port) {
    inboxes.put(
        port,
        new Inbox(intake, scheduling.executor("inbox-" + port, INBOX_THREADS), scheduling::after));
  }

  private static List<PortLink> links(EngineParts parts) {
    List<PortLink> links = new ArrayList<>();
    Settings settings = parts.settings();
    parts
        .channels()
        .forEach(it -> links.add(new ChannelLink(it, settings.backOff(), parts.notices())));
    parts
        .desks()
        .forEach(it -> links.add(
            new DeskLink(it, settings.backOff(), settings.handoffBackOff(), parts.notices())));
    links.add(new VirtualAgentLink(parts.virtualAgent(), settings.virtualAgentBackOff()));
    parts.announcer().ifPresent(it -> links.add(new AnnouncerLink(it, settings.backOff())));
    return links;
  }

  /** Begins to deliver and to watch timers. */
  public void start() {
    started = true;
    runners.values().forEach(LaneRunner::start);
    timers.start();
  }

  /** Stops as {@code Relay.stop} says. */
  public void stop(Duration grace) {
    if (stopped) {
      return;
    }
    stopped = true;
    long deadline = System.nanoTime() + grace.toNanos();
    await(deadline, () -> inboxes.values().stream().allMatch(Inbox::isIdle));
    inboxes.values().forEach(Inbox::close);
    intake.close();
    timers.stop();
    await(
        deadline,
        () -> committer.size() == 0 && nothingIsBeingDelivered() && !(started && isAnyLaneDue()));
    runners.values().forEach(LaneRunner::stop);
    await(deadline, () -> committer.size() == 0 && nothingIsBeingDelivered());
    scheduling.close(Duration.ofNanos(
        Math.max(Duration.ofMillis(POLL_MILLIS).toNanos(), deadline - System.nanoTime())));
    committer.close();
  }

  /** Where events are handed in. */
  public Intake intake() {
    return intake;
  }

  /**
   * Returns the inbox of a channel or desk.
   *
   * @throws NullPointerException if the engine has no such channel or desk
   */
  public Inbox inbox(PortId port) {
    return Objects.requireNonNull(inboxes.get(port), () -> "no such channel or desk: " + port);
  }

  /** Opening and changing cases. */
  public Cases cases() {
    return cases;
  }

  /** What operators do about dead letters. */
  public DeadLetters deadLetters() {
    return operations;
  }

  /** Publishing news. */
  public Announcements announcements() {
    return operations;
  }

  /** Who may write. */
  public Customers customers() {
    return customers;
  }

  /** What only one of several instances may do. */
  public Leases leases() {
    return leases;
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** The texts of notices. */
  public NoticeTexts notices() {
    return notices;
  }

  /** How each part is. */
  public Map<String, Health> health(List<Channel> channels, List<AgentDesk> desks) {
    Map<String, Health> health = new TreeMap<>();
    health.put("store", store.health());
    health.put("engine", engineHealth());
    channels.forEach(channel -> health.put("channel:" + channel.id(), channel.health()));
    deskHealth.of(desks).forEach((id, how) -> health.put("desk:" + id, how));
    return health;
  }

  private Health engineHealth() {
    if (!started) {
      return Health.down("not started");
    }
    if (intake.isClosed()) {
      return Health.down("stopping");
    }
    return Health.up();
  }

  private void wake(Set<PortId> ports) {
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

  private boolean nothingIsBeingDelivered() {
    return runners.values().stream().allMatch(runner -> runner.inFlight() == 0);
  }

  private boolean isAnyLaneDue() {
    try {
      Instant now = clock.instant();
      return store.read(queries -> runners.keySet().stream()
          .anyMatch(
              port -> queries.nextLaneDue(port).filter(due -> !due.isAfter(now)).isPresent()));
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
