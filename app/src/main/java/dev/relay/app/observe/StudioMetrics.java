package dev.relay.app.observe;

import dev.relay.twilio.studio.StudioObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts how customers' questions came through a Studio flow to their answers. Thread-safe. */
public final class StudioMetrics implements StudioObserver {
  private final MeterRegistry registry;

  /** Counts into that registry. */
  public StudioMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(Way way) {
    registry
        .counter("relay.twilio.studio.questions", "way", way.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
