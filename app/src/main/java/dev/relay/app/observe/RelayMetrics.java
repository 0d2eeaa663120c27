package dev.relay.app.observe;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Counts the events of the engine. Every label has few values, and none identifies a customer or agent. Thread-safe. */
public final class RelayMetrics implements RelayObserver {
  private final MeterRegistry registry;
  private final Counter overloaded;
  private final Counter fenced;
  private final Counter broken;
  private final Counter commitFailures;
  private final DistributionSummary groupSize;
  private final Timer commits;

  /** Creates metrics in a registry. */
  public RelayMetrics(MeterRegistry registry) {
    this.registry = registry;
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

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
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
    broken.increment();
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
