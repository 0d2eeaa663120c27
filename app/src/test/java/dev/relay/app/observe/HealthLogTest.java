package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.Health;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealthLogTest {
  private static final Map<String, Health> UP = Map.of("desk:flex", Health.up());
  private static final Map<String, Health> DOWN =
      Map.of("desk:flex", Health.down("no answer").notNeeded());

  private final CapturedLog changes = new CapturedLog(HealthLog.class);
  private final CapturedLog answers = new CapturedLog(HttpMetrics.class);

  @Test
  void each_change_is_one_line_however_often_is_asked() {
    HealthLog log = new HealthLog(changes);
    log.seen(UP);
    assertThat(changes.lines()).isEmpty();

    log.seen(DOWN);
    log.seen(DOWN);
    assertThat(changes.lines())
        .singleElement()
        .asString()
        .endsWith("WARN  HealthLog not ready component=desk:flex needed=false: no answer");

    log.seen(UP);
    log.seen(UP);
    assertThat(changes.lines())
        .hasSize(2)
        .last()
        .asString()
        .endsWith("INFO  HealthLog ready again component=desk:flex");
  }

  @Test
  void readiness_that_is_red_does_not_fill_the_log_and_other_failures_are_told() {
    HttpMetrics metrics =
        new HttpMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), answers);

    metrics.answered("GET", "/readyz", 503, 1);
    assertThat(answers.lines()).isEmpty();

    metrics.answered("GET", "/api/v1/cases", 503, 1);
    assertThat(answers.lines()).hasSize(1);
  }
}
