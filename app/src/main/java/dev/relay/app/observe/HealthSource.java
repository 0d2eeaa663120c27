package dev.relay.app.observe;

import dev.relay.core.delivery.Health;
import java.util.Map;

/** The health of everything in this process, by the components' names. Thread-safe. */
public interface HealthSource {
  /** Returns the present health. Makes no network calls. */
  Map<String, Health> health();
}
