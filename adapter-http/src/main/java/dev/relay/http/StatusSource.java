package dev.relay.http;

import dev.relay.core.delivery.Health;
import java.util.Map;

/**
 * The source of health and metrics for operators. Must be thread-safe. Each method is called at most once a second,
 * however many clients ask, and may block for a moment.
 */
public interface StatusSource {

  /** Returns the health of every component by its name, for {@code /readyz}. */
  Map<String, Health> health();

  /** Returns the metrics in Prometheus' text format, for {@code /metrics}. */
  String metrics();
}
