package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.store.StoreException;
import dev.relay.testkit.SettableClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsPageTest {

  @Test
  void an_outage_of_the_database_is_no_internal_error() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RelayMetrics metrics = new RelayMetrics(registry, InstantSource.system());

    metrics.checkFailed("poll of web", new StoreException("connection refused"));
    assertThat(registry.scrape()).contains("relay_broken_total 0.0");
    metrics.checkFailed("poll of web", new IllegalStateException());

    assertThat(registry.scrape()).contains("relay_broken_total 1.0");
  }

  @Test
  void the_page_holds_what_operations_md_promises() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RelayMetrics metrics = new RelayMetrics(registry, InstantSource.system());
    HttpMetrics http = new HttpMetrics(registry);
    ConversationId id = new ConversationId(17);
    LaneKey lane = new LaneKey(id, Destination.CUSTOMER);
    PortId port = new PortId("web");
    try (MemoryStore store = new MemoryStore();
        MetricsPage page = new MetricsPage(
            registry,
            store,
            () -> Map.of("channel:web", Health.up(), "store", Health.down("full")),
            InstantSource.system())) {
      page.watchMachine();
      metrics.committed(3, Duration.ofMillis(2), Set.of(id));
      metrics.applied("Wrote", id, ConversationState.BOT, ConversationState.WAITING);
      metrics.resolved(id, Resolution.HANDED_OFF);
      metrics.rated(port, 4);
      metrics.attempted(port, lane, DeliveryResult.delivered(), Duration.ofMillis(1));
      metrics.attempted(port, lane, DeliveryResult.retryLater("later"), Duration.ofMillis(1));
      metrics.parked(port, lane, "gone");
      metrics.overloaded();
      http.answered("POST", "/webhooks/twilio/flex", 403, 1);

      assertThat(page.metrics())
          .contains(
              "relay_circuit_breaker_open{port=\"web\"} 0.0",
              "relay_commit_group_count 1",
              "relay_commit_group_sum 3.0",
              "relay_events_total{type=\"Wrote\"} 1.0",
              "relay_virtual_agent_resolutions_total{resolution=\"handed_off\"} 1.0",
              "relay_ratings_total{channel=\"web\",rating=\"4\"} 1.0",
              "relay_delivery_seconds_count{port=\"web\",result=\"delivered\"} 1",
              "relay_delivery_seconds_count{port=\"web\",result=\"retry_later\"} 1",
              "relay_deliveries_parked_total{port=\"web\"} 1.0",
              "relay_events_overloaded_total 1.0",
              "relay_http_requests_total{method=\"POST\",route=\"/webhooks/twilio/flex\",status=\"403\"} 1.0",
              "relay_component_ready{component=\"channel:web\"} 1.0",
              "relay_component_ready{component=\"store\"} 0.0",
              "relay_commit_failures_total 0.0",
              "jvm_memory_used_bytes")
          .doesNotContain("\"17");
    }
  }

  @Test
  void an_open_circuit_breaker_is_shown_with_the_time_since_it_opened() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
    RelayMetrics metrics = new RelayMetrics(registry, clock);
    PortId sms = new PortId("sms");

    metrics.portDown(sms, "401: token refused");
    clock.advance(Duration.ofSeconds(90));
    assertThat(registry.scrape())
        .contains(
            "relay_circuit_breaker_open{port=\"sms\"} 1.0",
            "relay_circuit_breaker_open_seconds{port=\"sms\"} 90.0")
        .doesNotContain("token");

    metrics.portUp(sms);
    assertThat(registry.scrape())
        .contains(
            "relay_circuit_breaker_open{port=\"sms\"} 0.0",
            "relay_circuit_breaker_open_seconds{port=\"sms\"} 0.0");
  }
}
