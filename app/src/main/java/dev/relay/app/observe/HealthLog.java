package dev.relay.app.observe;

import dev.relay.core.delivery.Health;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each change of a component's health once, no matter how often the health is read. Thread-safe. */
public final class HealthLog {
  private final Logger log;
  private final Map<String, Boolean> ready = new HashMap<>();

  /** Writes to the log of the process. */
  public HealthLog() {
    this(LoggerFactory.getLogger(HealthLog.class));
  }

  /** Writes to a logger. */
  HealthLog(Logger log) {
    this.log = log;
  }

  /** Logs what has changed since the last call; at first every component counts as ready. */
  public synchronized void seen(Map<String, Health> components) {
    components.forEach((name, health) -> {
      boolean before = ready.getOrDefault(name, true);
      ready.put(name, health.ready());
      if (before && !health.ready()) {
        log.warn("not ready component={} needed={}: {}", name, health.needed(), health.detail());
      } else if (!before && health.ready()) {
        log.info("ready again component={}", name);
      }
    });
  }
}
