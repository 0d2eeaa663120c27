package dev.relay.core.engine;

import dev.relay.core.delivery.PortId;
import dev.relay.core.desk.AgentDesk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the desks are, and which of them customers cannot do without: a desk that another one stands in for is not needed. */
final class DeskHealth {
  private final Settings settings;

  DeskHealth(Settings settings) {
    this.settings = settings;
  }

  /** Of these desks, of which the first one serves the queues that name none. */
  Map<PortId, Health> of(List<AgentDesk> desks) {
    Map<PortId, Health> health = new LinkedHashMap<>();
    desks.forEach(desk -> health.put(desk.id(), desk.health()));
    Optional<PortId> fallback = settings.fallbackDesk().filter(health::containsKey);
    if (fallback.isEmpty()) {
      return health;
    }
    PortId standsIn = fallback.get();
    boolean standInReady =
        desks.stream().anyMatch(desk -> desk.id().equals(standsIn) && isReady(health, desk));
    boolean othersReady =
        desks.stream().allMatch(desk -> desk.id().equals(standsIn) || isReady(health, desk));
    boolean servesItself =
        desks.get(0).id().equals(standsIn) || settings.desks().containsValue(standsIn);
    health.replaceAll((id, how) -> {
      boolean needed = id.equals(standsIn) ? servesItself || !othersReady : !standInReady;
      return needed ? how : how.notNeeded();
    });
    return health;
  }

  private static boolean isReady(Map<PortId, Health> health, AgentDesk desk) {
    Health how = health.get(desk.id());
    return how != null && how.ready();
  }
}
