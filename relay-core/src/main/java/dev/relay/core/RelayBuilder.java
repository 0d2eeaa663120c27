package dev.relay.core;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.Engine;
import dev.relay.core.engine.EngineParts;
import dev.relay.core.id.PortId;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Scheduling;
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
import org.jspecify.annotations.Nullable;

/** Puts a {@link Relay} together. Needed: a store, a channel, a desk, and a virtual agent or a knowledge base. One use. */
public final class RelayBuilder {
  private final List<Channel> channels = new ArrayList<>();
  private final List<AgentDesk> desks = new ArrayList<>();
  private final List<RelayObserver> observers = new ArrayList<>();
  private @Nullable Store store;
  private @Nullable VirtualAgent virtualAgent;
  private Optional<Announcer> announcer = Optional.empty();
  private Optional<Scheduling> scheduling = Optional.empty();
  private Settings settings = Settings.defaults();
  private NoticeTexts notices = NoticeTexts.shipped();
  private InstantSource clock = new SteadyClock();
  private RandomGenerator random = new Random();
  private String instanceName = UUID.randomUUID().toString();

  RelayBuilder() {}

  /** Where everything is kept. The caller closes it, after the Relay was stopped. */
  public RelayBuilder store(Store newStore) {
    this.store = newStore;
    return this;
  }

  /** A medium through which customers come; any number. */
  public RelayBuilder channel(Channel channel) {
    channels.add(channel);
    return this;
  }

  /** A place where agents work; any number, the first serves all queues for which the settings name no other. */
  public RelayBuilder desk(AgentDesk desk) {
    desks.add(desk);
    return this;
  }

  /** Who answers first. */
  public RelayBuilder virtualAgent(VirtualAgent agent) {
    this.virtualAgent = agent;
    return this;
  }

  /** Lets the built-in virtual agent answer from these articles. */
  public RelayBuilder knowledgeBase(KnowledgeBase knowledge) {
    return virtualAgent(new FaqAgent(knowledge));
  }

  /** Through what announcements are published. */
  public RelayBuilder announcer(Announcer newAnnouncer) {
    this.announcer = Optional.of(newAnnouncer);
    return this;
  }

  /** Routing rules, time-outs, limits. */
  public RelayBuilder settings(Settings newSettings) {
    this.settings = newSettings;
    return this;
  }

  /** The texts of what Relay itself says. */
  public RelayBuilder notices(NoticeTexts newNotices) {
    this.notices = newNotices;
    return this;
  }

  /** Somebody who wants to know what happens; any number. */
  public RelayBuilder observer(RelayObserver observer) {
    observers.add(observer);
    return this;
  }

  /** What time it is; by default a {@link SteadyClock}. */
  public RelayBuilder clock(InstantSource newClock) {
    this.clock = newClock;
    return this;
  }

  /** Where the jitter of the back-off comes from. */
  public RelayBuilder random(RandomGenerator newRandom) {
    this.random = newRandom;
    return this;
  }

  /** Where tasks run; by default in threads of Relay's own. For simulators. */
  public RelayBuilder scheduling(Scheduling newScheduling) {
    this.scheduling = Optional.of(newScheduling);
    return this;
  }

  /** Under which name this instance holds lanes; unique among the instances on one store, by default a random one. */
  public RelayBuilder instanceName(String name) {
    this.instanceName = name;
    return this;
  }

  /**
   * The Relay, not started yet.
   *
   * @throws IllegalStateException where something needed is missing, two parts have the same id, or the settings name a desk that is not
   *     there
   */
  public Relay build() {
    Store theStore = needed(store, "a store");
    VirtualAgent theAgent = needed(virtualAgent, "a virtual agent or a knowledge base");
    if (desks.isEmpty()) {
      throw new IllegalStateException("a Relay needs at least one desk");
    }
    requireDistinctIds();
    settings
        .desks()
        .forEach((queue, desk) ->
            requireDesk(desk, "the settings let queue " + queue + " be served by"));
    settings
        .fallbackDesk()
        .ifPresent(desk -> requireDesk(desk, "the settings let handoffs fall back to"));
    EngineParts parts = new EngineParts(
        theStore,
        List.copyOf(channels),
        List.copyOf(desks),
        theAgent,
        announcer,
        settings,
        notices,
        clock,
        random,
        List.copyOf(observers),
        scheduling,
        instanceName);
    return new Relay(new Engine(parts), channels, desks);
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
        throw new IllegalStateException(
            "two channels, desks or announcers have the same id, or that of the virtual agent: "
                + id);
      }
    }
  }

  private void requireDesk(PortId desk, String wish) {
    List<PortId> there = desks.stream().map(AgentDesk::id).toList();
    if (!there.contains(desk)) {
      throw new IllegalStateException(
          wish + " desk " + desk + ", which is not there; the desks are " + there);
    }
  }

  private static <T> T needed(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("a Relay needs " + what);
    }
    return part;
  }
}
