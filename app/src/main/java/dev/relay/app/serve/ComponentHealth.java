package dev.relay.app.serve;

import dev.relay.app.observe.HealthLog;
import dev.relay.app.observe.HealthSource;
import dev.relay.app.plugin.ConnectedPlugins;
import dev.relay.core.Relay;
import dev.relay.core.delivery.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The health of every component of this process; changes are logged. Thread-safe. */
final class ComponentHealth implements HealthSource {
  private final Relay relay;
  private final ConnectedPlugins plugins;
  private final Optional<TwilioParts> twilio;
  private final ProcessHealth process;
  private final HealthLog log = new HealthLog();

  ComponentHealth(
      Relay relay, ConnectedPlugins plugins, Optional<TwilioParts> twilio, ProcessHealth process) {
    this.relay = relay;
    this.plugins = plugins;
    this.twilio = twilio;
    this.process = process;
  }

  @Override
  public Map<String, Health> health() {
    Map<String, Health> health = of(
        relay.health(),
        twilio.map(TwilioParts::channelIds).orElseGet(Set::of),
        twilio.flatMap(TwilioParts::studioHealth),
        process.now());
    health.putAll(plugins.health());
    log.seen(health);
    return health;
  }

  /**
   * Returns all components by name.
   *
   * @param relay the engine, its channels and its desks
   * @param throughTwilio the ids of the channels through Twilio: while Twilio is unavailable no instance can serve them, and the
   *     web chat continues
   * @param studio the Studio flow, if one routes: the virtual agent answers without it
   * @param process this process
   */
  static Map<String, Health> of(
      Map<String, Health> relay,
      Set<String> throughTwilio,
      Optional<Health> studio,
      Health process) {
    Map<String, Health> health = new TreeMap<>(relay);
    throughTwilio.forEach(
        id -> health.computeIfPresent("channel:" + id, (name, channel) -> channel.notNeeded()));
    studio.ifPresent(it -> health.put("studio", it.notNeeded()));
    health.put("process", process);
    return health;
  }
}
