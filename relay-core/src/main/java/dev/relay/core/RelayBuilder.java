package dev.relay.core;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.EngineParts;
import dev.relay.core.engine.Machine;
import dev.relay.core.engine.Ports;
import dev.relay.core.id.PortId;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Settings;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.VirtualAgent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The builder of a {@link Relay}. Required: a store, a desk, and a virtual agent or a knowledge base. Not thread-safe. Usable once, because
 * its channels and desks belong to one Relay.
 */
public final class RelayBuilder {
  private final List<Channel> channels = new ArrayList<>();
  private final List<AgentDesk> desks = new ArrayList<>();
  private final List<RelayObserver> observers = new ArrayList<>();
  private @Nullable Store store;
  private @Nullable VirtualAgent virtualAgent;
  private Optional<Announcer> announcer = Optional.empty();
  private Settings settings = Settings.defaults();
  private NoticeTexts notices = NoticeTexts.shipped();
  private InstantSource clock = new SteadyClock();
  private RandomGenerator random = new Random();
  private String instanceName = UUID.randomUUID().toString();

  RelayBuilder() {}

  /** Sets the store. The caller closes it after the Relay has stopped. */
  public RelayBuilder store(Store newStore) {
    this.store = newStore;
    return this;
  }

  /** Adds a channel through which customers write. May be called any number of times. */
  public RelayBuilder channel(Channel channel) {
    channels.add(channel);
    return this;
  }

  /**
   * Adds a desk at which live agents work. May be called any number of times. The first desk handles every queue without one of its own.
   */
  public RelayBuilder desk(AgentDesk desk) {
    desks.add(desk);
    return this;
  }

  /** Sets the virtual agent, which answers first. */
  public RelayBuilder virtualAgent(VirtualAgent agent) {
    this.virtualAgent = agent;
    return this;
  }

  /** Sets the built-in virtual agent, which answers from these articles. */
  public RelayBuilder knowledgeBase(KnowledgeBase knowledge) {
    return virtualAgent(new FaqAgent(knowledge));
  }

  /** Sets the announcer. Default: none, announcements cannot be published. */
  public RelayBuilder announcer(Announcer newAnnouncer) {
    this.announcer = Optional.of(newAnnouncer);
    return this;
  }

  /** Sets routing rules, business hours, time-outs and limits. Default: {@link Settings#defaults}. */
  public RelayBuilder settings(Settings newSettings) {
    this.settings = newSettings;
    return this;
  }

  /** Sets the texts of notices. Default: those in the library. */
  public RelayBuilder notices(NoticeTexts newNotices) {
    this.notices = newNotices;
    return this;
  }

  /**
   * Adds an observer. May be called any number of times. Without any observer, failures are logged to {@link System.Logger} under the name
   * {@code dev.relay}.
   */
  public RelayBuilder observer(RelayObserver observer) {
    observers.add(observer);
    return this;
  }

  /** Sets the clock. Default: a {@link SteadyClock}. */
  public RelayBuilder clock(InstantSource newClock) {
    this.clock = newClock;
    return this;
  }

  /** Sets the source of the back-off's jitter. Default: a random one. */
  public RelayBuilder random(RandomGenerator newRandom) {
    this.random = newRandom;
    return this;
  }

  /** Sets the name under which this instance holds lanes, unique among the instances on one store. Default: a random one. */
  public RelayBuilder instanceName(String name) {
    this.instanceName = name;
    return this;
  }

  /**
   * Returns the Relay, not started yet.
   *
   * @throws IllegalStateException if something required is missing, two ports have the same id, or the settings name a desk that was not
   *     added
   */
  public Relay build() {
    Store theStore = required(store, "a store");
    VirtualAgent theAgent = required(virtualAgent, "a virtual agent or a knowledge base");
    if (desks.isEmpty()) {
      throw new IllegalStateException("a Relay needs at least one desk; add one with desk(...)");
    }
    requireDistinctIds();
    settings
        .desks()
        .forEach((queue, desk) -> requireDesk(desk, "queue \"" + queue + "\" is assigned to"));
    settings.fallbackDesk().ifPresent(desk -> requireDesk(desk, "handoffs fall back to"));
    return new Relay(new EngineParts(
        theStore,
        new Ports(channels, desks, theAgent, announcer),
        settings,
        notices,
        observers.isEmpty() ? List.of(new LoggingObserver()) : observers,
        new Machine(clock, random, Optional.empty(), instanceName)));
  }

  private void requireDistinctIds() {
    Set<PortId> ids = new HashSet<>();
    List<PortId> all = new ArrayList<>();
    all.add(new PortId("virtual-agent"));
    channels.forEach(channel -> all.add(channel.id()));
    desks.forEach(desk -> all.add(desk.id()));
    announcer.ifPresent(it -> all.add(it.id()));
    for (PortId id : all) {
      if (!ids.add(id)) {
        throw new IllegalStateException("the id \"" + id
            + "\" is used twice among the channels, desks, announcer and virtual agent;"
            + " give each its own");
      }
    }
  }

  private void requireDesk(PortId desk, String rule) {
    List<PortId> registered = desks.stream().map(AgentDesk::id).toList();
    if (!registered.contains(desk)) {
      throw new IllegalStateException(rule + " desk \"" + desk
          + "\", which is not registered (registered: "
          + registered.stream().map(PortId::value).collect(Collectors.joining(", ")) + ")");
    }
  }

  private static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("a Relay needs " + what);
    }
    return part;
  }
}
