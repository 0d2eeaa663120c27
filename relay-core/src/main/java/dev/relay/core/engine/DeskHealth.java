package dev.relay.core.engine;

import dev.relay.core.delivery.Health;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The health of the desks, and which of them are required: a desk that another one can replace is not required. */
final class DeskHealth {
  private final Settings settings;

  DeskHealth(Settings settings) {
    this.settings = settings;
  }

  /** Returns the health of these desks in their order, of which the first handles the queues without a desk of their own. */
  Map<PortId, Health> of(Map<PortId, Health> desks) {
    Map<PortId, Health> health = new LinkedHashMap<>(desks);
    Optional<PortId> fallback = settings.fallbackDesk().filter(health::containsKey);
    if (fallback.isEmpty()) {
      return health;
    }
    PortId standsIn = fallback.get();
    boolean standInReady = areReady(health, standsIn::equals);
    boolean othersReady = areReady(health, id -> !id.equals(standsIn));
    boolean servesItself = health.keySet().iterator().next().equals(standsIn)
        || settings.desks().containsValue(standsIn);
    health.replaceAll((id, how) -> {
      boolean needed = id.equals(standsIn) ? servesItself || !othersReady : !standInReady;
      return needed ? how : how.notNeeded();
    });
    return health;
  }

  private static boolean areReady(Map<PortId, Health> health, Predicate<PortId> which) {
    return health.entrySet().stream()
        .filter(it -> which.test(it.getKey()))
        .allMatch(it -> it.getValue().ready());
  }
}
