package dev.relay.app.observe;

import dev.relay.twilio.account.StudioObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts customers' questions by their outcome in a Studio flow. Thread-safe. */
public final class StudioMetrics implements StudioObserver {
  private final MeterRegistry registry;

  /** Creates metrics in a registry. */
  public StudioMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(Way way) {
    registry.counter("relay.twilio.studio.questions", "way", label(way)).increment();
  }

  /** Returns the label value, which operators' dashboards rely on. */
  private static String label(Way way) {
    return way == Way.LIVE_AGENT ? "person" : way.name().toLowerCase(Locale.ROOT);
  }
}
