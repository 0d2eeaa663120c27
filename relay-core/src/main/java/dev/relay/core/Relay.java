package dev.relay.core;

import dev.relay.core.cases.Cases;
import dev.relay.core.channel.Channel;
import dev.relay.core.customer.Customers;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.Engine;
import dev.relay.core.engine.EngineParts;
import dev.relay.core.engine.Services;
import dev.relay.core.intake.Intake;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.operations.Leases;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A contact centre inside your program. Give it a store, channels, a desk and a virtual agent, and start it: it delivers customers'
 * messages to the virtual agent or live agent who handles the conversation, and the answers back, in order, once, and across crashes.
 * Thread-safe.
 *
 * <p>The store belongs to the caller: {@link #stop} does not close it.
 */
public final class Relay {
  private final EngineParts parts;
  private final Engine engine;
  private final Services services;
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private enum State {
    NEW("not been started"),
    STARTED("already been started"),
    STOPPED("been stopped; build a new one");

    private final String meaning;

    State(String meaning) {
      this.meaning = meaning;
    }
  }

  Relay(EngineParts parts) {
    this.parts = parts;
    this.engine = new Engine(parts);
    this.services = engine.services();
  }

  /** Returns a new builder. */
  public static RelayBuilder builder() {
    return new RelayBuilder();
  }

  /**
   * Starts to deliver the backlog, and starts the channels and desks.
   *
   * @throws IllegalStateException if this Relay has been started or stopped before
   */
  public void start() {
    State before = state.compareAndExchange(State.NEW, State.STARTED);
    if (before != State.NEW) {
      throw new IllegalStateException("this Relay has " + before.meaning);
    }
    engine.start();
    parts.ports().desks().forEach(desk -> desk.start(engine.inbox(desk.id())));
    parts.ports().channels().forEach(channel -> channel.start(engine.inbox(channel.id())));
  }

  /**
   * Stops in order: channels and desks no longer listen, their submitted events are committed within half of the grace period, running
   * deliveries end, and due deliveries are made within three quarters of the grace period. The rest of the backlog stays in the store for the next
   * start. Harmless if repeated.
   *
   * @param grace the longest time that this may take
   */
  public void stop(Duration grace) {
    state.set(State.STOPPED);
    try {
      parts.ports().channels().forEach(Channel::stop);
      parts.ports().desks().forEach(AgentDesk::stop);
    } finally {
      engine.stop(grace);
    }
  }

  /** Returns the intake, which receives events that come through no channel or desk. */
  public Intake intake() {
    return services.intake();
  }

  /** Returns the service that lists, opens and changes cases. */
  public Cases cases() {
    return services.cases();
  }

  /** Returns the service that retries and skips deliveries that were given up. */
  public DeadLetters deadLetters() {
    return services.deadLetters();
  }

  /** Returns the service that publishes announcements. */
  public Announcements announcements() {
    return services.announcements();
  }

  /** Returns the service that blocks and unblocks customers. */
  public Customers customers() {
    return services.customers();
  }

  /** Returns the leases, with which one of several instances on one store does a task alone. */
  public Leases leases() {
    return services.leases();
  }

  /** Returns the service that sets up queues and records who is there. */
  public Team.Teams teams() {
    return services.teams();
  }

  /** Returns the settings with which this Relay was built. */
  public Settings settings() {
    return parts.settings();
  }

  /** Returns the store, for queries. */
  public Store store() {
    return parts.store();
  }

  /** Returns the texts of notices. */
  public NoticeTexts notices() {
    return parts.notices();
  }

  /** Reports the health of each component: {@code store}, {@code engine}, {@code channel:…}, {@code desk:…}. */
  public Map<String, Health> health() {
    return engine.health();
  }
}
