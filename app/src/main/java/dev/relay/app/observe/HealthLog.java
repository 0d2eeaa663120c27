package dev.relay.app.observe;

import dev.relay.core.delivery.Health;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on how the components are, and logs each change once, however often is asked. Thread-safe. */
public final class HealthLog implements Supplier<Map<String, Health>> {
  private final Logger log = LoggerFactory.getLogger(HealthLog.class);
  private final Supplier<Map<String, Health>> health;
  private final Map<String, Boolean> told = new HashMap<>();

  /** Of that health, by the components' names. */
  public HealthLog(Supplier<Map<String, Health>> health) {
    this.health = health;
  }

  @Override
  public Map<String, Health> get() {
    Map<String, Health> now = health.get();
    tell(now);
    return now;
  }

  private synchronized void tell(Map<String, Health> now) {
    now.forEach((name, how) -> {
      boolean before = told.getOrDefault(name, true);
      told.put(name, how.ready());
      if (before && !how.ready()) {
        log.warn("not ready component={} needed={}: {}", name, how.needed(), how.detail());
      } else if (!before && how.ready()) {
        log.info("ready again component={}", name);
      }
    });
  }
}
