package dev.relay.app.observe;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.Backlog;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.http.StatusSource;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The page that Prometheus scrapes: counters, the figures of the JVM, and the backlog in the store, read at each scrape. While the store
 * is unavailable, the backlog is left out. Thread-safe.
 */
public final class MetricsPage implements StatusSource, AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final Store store;
  private final HealthSource health;
  private final InstantSource clock;
  private final MultiGauge depth;
  private final MultiGauge oldest;
  private final MultiGauge deadLetters;
  private final MultiGauge conversations;
  private final MultiGauge ready;
  private @Nullable JvmGcMetrics collections;

  /** Creates the page of a registry. */
  public MetricsPage(
      PrometheusMeterRegistry registry, Store store, HealthSource health, InstantSource clock) {
    this.registry = registry;
    this.store = store;
    this.health = health;
    this.clock = clock;
    depth = gauge("relay.lane.depth", "Entries waiting for delivery, without dead letters");
    oldest = gauge("relay.lane.oldest.seconds", "Age of the oldest waiting entry");
    deadLetters = gauge(
        "relay.dead.letters",
        "Lanes blocked by a dead letter until an operator retries or skips it");
    conversations = gauge("relay.conversations.open", "Conversations that are not closed");
    ready = gauge("relay.component.ready", "1 if the component is ready, else 0");
  }

  /** Adds the figures of the JVM and the operating system. Slow, so it is called last in the start-up. */
  public synchronized void watchMachine() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    JvmGcMetrics watching = new JvmGcMetrics();
    watching.bindTo(registry);
    collections = watching;
  }

  @Override
  public Map<String, Health> health() {
    return health.health();
  }

  @Override
  public synchronized String metrics() {
    refresh();
    return registry.scrape();
  }

  @Override
  public synchronized void close() {
    if (collections != null) {
      collections.close();
    }
    registry.close();
  }

  private void refresh() {
    List<Row<?>> components = new ArrayList<>();
    new TreeMap<>(health.health())
        .forEach((name, state) ->
            components.add(Row.of(Tags.of("component", name), state.ready() ? 1 : 0)));
    ready.register(components, true);
    List<Backlog> backlogs = List.of();
    Map<ConversationState, Long> open = Map.of();
    try {
      backlogs = store.read(Queries::backlogs);
      open = store.read(Queries::openConversations);
    } catch (StoreException e) {
      backlogs = List.of();
    }
    Instant now = clock.instant();
    show(depth, backlogs, backlog -> backlog.entries());
    show(deadLetters, backlogs, backlog -> backlog.parked());
    show(
        oldest,
        backlogs,
        backlog -> backlog
            .oldest()
            .map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1000.0))
            .orElse(0.0));
    List<Row<?>> states = new ArrayList<>();
    open.forEach((state, count) ->
        states.add(Row.of(Tags.of("state", state.name().toLowerCase(Locale.ROOT)), count)));
    conversations.register(states, true);
  }

  private static void show(
      MultiGauge gauge, List<Backlog> backlogs, ToDoubleFunction<Backlog> value) {
    List<Row<?>> rows = new ArrayList<>();
    for (Backlog backlog : backlogs) {
      PortId port = backlog.port();
      rows.add(Row.of(Tags.of("port", port.value()), value.applyAsDouble(backlog)));
    }
    gauge.register(rows, true);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }
}
