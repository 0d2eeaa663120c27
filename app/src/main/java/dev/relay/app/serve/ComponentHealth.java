package dev.relay.app.serve;

import dev.relay.core.delivery.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How every component of this process is, and which of them customers can do without. */
final class ComponentHealth {
  private ComponentHealth() {}

  /**
   * All of them, by name.
   *
   * @param relay the engine's own, its channels and its desks
   * @param throughTwilio the ids of the channels that Twilio brings: while it is away, no instance can serve them, and the web chat goes on
   * @param studio the Studio flow, where one routes: the virtual agent answers without it
   * @param stopping whether this process is being stopped
   */
  static Map<String, Health> of(
      Map<String, Health> relay,
      Set<String> throughTwilio,
      Optional<Health> studio,
      boolean stopping) {
    Map<String, Health> health = new TreeMap<>(relay);
    throughTwilio.forEach(
        id -> health.computeIfPresent("channel:" + id, (name, how) -> how.notNeeded()));
    studio.ifPresent(it -> health.put("studio", it.notNeeded()));
    health.put("process", stopping ? Health.down("Relay is being stopped") : Health.up());
    return health;
  }
}
