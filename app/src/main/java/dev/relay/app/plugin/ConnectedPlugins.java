package dev.relay.app.plugin;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.virtualagent.VirtualAgent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The plug-ins of one Relay with their parts. Immutable.
 *
 * @param plugins the plug-ins in the order of their files
 */
public record ConnectedPlugins(List<ConnectedPlugin> plugins) {
  /** No plug-ins. */
  public static final ConnectedPlugins NONE = new ConnectedPlugins(List.of());

  /** Copies the list. */
  public ConnectedPlugins {
    plugins = List.copyOf(plugins);
  }

  /** Returns the channels of all plug-ins. */
  public List<Channel> channels() {
    return plugins.stream()
        .flatMap(plugin -> plugin.parts().channels().stream())
        .toList();
  }

  /** Returns the desks of all plug-ins. */
  public List<AgentDesk> desks() {
    return plugins.stream().flatMap(plugin -> plugin.parts().desks().stream()).toList();
  }

  /** Returns the announcer, if a plug-in provides one. */
  public Optional<Announcer> announcer() {
    return plugins.stream()
        .flatMap(plugin -> plugin.parts().announcer().stream())
        .findFirst();
  }

  /** Returns the virtual agent, if a plug-in provides one. */
  public Optional<VirtualAgent> virtualAgent() {
    return plugins.stream()
        .flatMap(plugin -> plugin.parts().virtualAgent().stream())
        .findFirst();
  }

  /** Returns each plug-in as a component: loaded, with what it provides. Its channels and desks are components of their own. */
  public Map<String, Health> health() {
    Map<String, Health> health = new TreeMap<>();
    plugins.forEach(
        plugin -> health.put("plugin:" + plugin.name(), new Health(true, plugin.summary())));
    return health;
  }

  /** Checks that Relay can use all parts together. */
  void requireSingleParts() throws PluginException {
    requireOne(
        "virtual agent",
        plugins.stream()
            .filter(plugin -> plugin.parts().virtualAgent().isPresent())
            .toList());
    requireOne(
        "announcer",
        plugins.stream()
            .filter(plugin -> plugin.parts().announcer().isPresent())
            .toList());
  }

  private static void requireOne(String part, List<ConnectedPlugin> providers)
      throws PluginException {
    if (providers.size() > 1) {
      throw new PluginException("Relay uses one " + part + ", but these plug-ins each provide one: "
          + providers.stream().map(ConnectedPlugin::name).collect(Collectors.joining(", "))
          + "; remove all but one of them");
    }
  }
}
