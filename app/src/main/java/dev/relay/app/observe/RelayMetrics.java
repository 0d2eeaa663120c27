package dev.relay.app.observe;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the events of the engine. Every label has few values, and none identifies a customer or agent. Thread-safe. */
public final class RelayMetrics implements RelayObserver {
  private final MeterRegistry registry;
  private final Counter overloaded;
  private final Counter fenced;
  private final Counter broken;
  private final Counter commitFailures;
  private final DistributionSummary groupSize;
  private final Timer commits;
  private final InstantSource clock;
  private final Map<PortId, Breaker> breakers = new ConcurrentHashMap<>();

  /**
   * Creates metrics in a registry.
   *
   * @param clock measures how long circuit breakers have been open
   */
  public RelayMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    this.overloaded =
        counter("relay.events.overloaded", "Events refused because too many were waiting");
    this.fenced = counter("relay.lanes.fenced", "Deliveries whose lane another worker took over");
    this.broken = counter("relay.broken", "Unexpected errors inside Relay or an adapter");
    this.commitFailures = counter("relay.commit.failures", "Commits that failed");
    this.groupSize = DistributionSummary.builder("relay.commit.group")
        .description("Units of work in one commit")
        .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
        .register(registry);
    this.commits = Timer.builder("relay.commit")
        .description("Seconds that a commit took")
        .serviceLevelObjectives(buckets())
        .register(registry);
  }

  @Override
  public void committed(int works, Duration took, Set<ConversationId> changed) {
    groupSize.record(works);
    commits.record(took);
  }

  @Override
  public void commitFailed(Throwable cause) {
    commitFailures.increment();
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    registry.counter("relay.events", "type", eventType).increment();
  }

  @Override
  public void resolved(ConversationId conversation, Resolution resolution) {
    registry
        .counter(
            "relay.virtual.agent.resolutions",
            "resolution",
            resolution.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void rated(PortId channel, int score) {
    registry
        .counter("relay.ratings", "channel", channel.value(), "rating", Integer.toString(score))
        .increment();
  }

  @Override
  public void duplicate(String eventType) {
    registry.counter("relay.events.duplicate", "type", eventType).increment();
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    registry
        .counter("relay.events.refused", "code", refusal.code().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void overloaded() {
    overloaded.increment();
  }

  /** The circuit breaker of one port. */
  private static final class Breaker {
    private volatile Optional<Instant> openedAt = Optional.empty();
  }

  @Override
  public void portDown(PortId port, String reason) {
    breaker(port).openedAt = Optional.of(clock.instant());
  }

  @Override
  public void portUp(PortId port) {
    breaker(port).openedAt = Optional.empty();
  }

  /** Returns a port's circuit breaker, which has its gauges from the first attempt on. */
  private Breaker breaker(PortId port) {
    return breakers.computeIfAbsent(port, unused -> {
      Breaker breaker = new Breaker();
      Gauge.builder("relay.circuit.breaker.open", breaker, it -> it.openedAt.isPresent() ? 1 : 0)
          .description("1 while deliveries through the port fail for everybody, else 0")
          .tag("port", port.value())
          .strongReference(true)
          .register(registry);
      Gauge.builder("relay.circuit.breaker.open.seconds", breaker, this::openFor)
          .description("Seconds since the port's circuit breaker opened; 0 while it is closed")
          .tag("port", port.value())
          .strongReference(true)
          .register(registry);
      return breaker;
    });
  }

  private double openFor(Breaker breaker) {
    return breaker
        .openedAt
        .map(at -> Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
    var unused = breaker(port);
    Timer.builder("relay.delivery")
        .description("Seconds that an attempt to deliver took")
        .tags("port", port.value(), "result", nameOf(result))
        .serviceLevelObjectives(buckets())
        .register(registry)
        .record(took);
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    registry.counter("relay.deliveries.parked", "port", port.value()).increment();
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    registry
        .counter("relay.handoffs.moved", "from", from.value(), "to", to.value())
        .increment();
  }

  @Override
  public void fenced(LaneKey lane) {
    fenced.increment();
  }

  @Override
  public void broken(String where, Throwable cause) {
    // An outage of the store is no defect; its failed commits are counted.
    if (!(cause instanceof StoreException)) {
      broken.increment();
    }
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private static String nameOf(DeliveryResult result) {
    return result
        .getClass()
        .getSimpleName()
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  private static Duration[] buckets() {
    return new Duration[] {
      Duration.ofMillis(1),
      Duration.ofMillis(5),
      Duration.ofMillis(20),
      Duration.ofMillis(100),
      Duration.ofMillis(500),
      Duration.ofSeconds(2),
      Duration.ofSeconds(10),
      Duration.ofSeconds(30)
    };
  }
}
