package dev.relay.core;

import dev.relay.core.cases.Cases;
import dev.relay.core.channel.Channel;
import dev.relay.core.customer.Customers;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.Engine;
import dev.relay.core.intake.Intake;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.operations.Leases;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A contact centre in your program: give it a store, channels, a desk and a virtual agent, start it, and it brings what customers
 * write to whoever serves them and the answers back, in order, once, and across crashes. Thread-safe once built.
 *
 * <p>The store is the caller's: {@link #stop} does not close it.
 */
public final class Relay {
  private final Engine engine;
  private final List<Channel> channels;
  private final List<AgentDesk> desks;

  Relay(Engine engine, List<Channel> channels, List<AgentDesk> desks) {
    this.engine = engine;
    this.channels = List.copyOf(channels);
    this.desks = List.copyOf(desks);
  }

  /** Begins to put a Relay together. */
  public static RelayBuilder builder() {
    return new RelayBuilder();
  }

  /** Begins to deliver what waits and to listen to channels and desks. Once only. */
  public void start() {
    engine.start();
    desks.forEach(desk -> desk.start(engine.inbox(desk.id())));
    channels.forEach(channel -> channel.start(engine.inbox(channel.id())));
  }

  /**
   * Stops in order: channels and desks no longer listen, what they handed in is committed, what is being delivered ends, what is
   * due is delivered as far as the grace allows; the rest waits in the store for the next start. Harmless if repeated.
   */
  public void stop(Duration grace) {
    try {
      channels.forEach(Channel::stop);
      desks.forEach(AgentDesk::stop);
    } finally {
      engine.stop(grace);
    }
  }

  /** Where events are handed in, by channels, desks and your own program. */
  public Intake intake() {
    return engine.intake();
  }

  /** Opening and changing cases. */
  public Cases cases() {
    return engine.cases();
  }

  /** What operators do about deliveries that were given up. */
  public DeadLetters deadLetters() {
    return engine.deadLetters();
  }

  /** Publishing news. */
  public Announcements announcements() {
    return engine.announcements();
  }

  /** Who may write. */
  public Customers customers() {
    return engine.customers();
  }

  /** What only one of several instances on one store may do at a time. */
  public Leases leases() {
    return engine.leases();
  }

  /** The store, for queries. */
  public Store store() {
    return engine.store();
  }

  /** The texts of notices. */
  public NoticeTexts notices() {
    return engine.notices();
  }

  /** How each part is: {@code store}, {@code engine}, {@code channel:…}, {@code desk:…}. */
  public Map<String, Health> health() {
    return engine.health(channels, desks);
  }
}
