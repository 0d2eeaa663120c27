package dev.relay.app.plugin;

import dev.relay.app.config.PluginSettings;
import dev.relay.app.config.Secret;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.plugin.Plugin.PluginContext;
import dev.relay.core.plugin.Plugin.PluginParts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plug-ins of one Relay. Used by one thread. */
public final class Plugins implements AutoCloseable {
  private final Logger log = LoggerFactory.getLogger(Plugins.class);
  private final PluginSettings settings;
  private final List<LoadedPlugin> loaded = new ArrayList<>();

  private Plugins(PluginSettings settings) {
    this.settings = settings;
  }

  /**
   * Loads the plug-ins of the folder that is set, or of the folder {@code plugins} beside the jar.
   *
   * @throws PluginException if one of them cannot be loaded, two have the same name, or settings name a plug-in that is not there;
   *     nothing is left open then
   */
  public static Plugins load(PluginSettings settings) throws PluginException {
    Plugins plugins = new Plugins(settings);
    try {
      Optional<Path> folder = settings.dir().or(PluginFolder::besideJar);
      if (folder.isPresent()) {
        for (PluginFolder.PluginFiles files : PluginFolder.list(folder.get())) {
          plugins.add(LoadedPlugin.of(files));
        }
      }
      plugins.requireSettingsToFit(folder);
      return plugins;
    } catch (PluginException | RuntimeException e) {
      plugins.close();
      throw e;
    }
  }

  /**
   * Lets every plug-in build its parts.
   *
   * @throws PluginException if one of them fails, or if two provide a part of which Relay uses only one
   */
  public ConnectedPlugins connect(KnowledgeBase knowledge, InstantSource clock)
      throws PluginException {
    List<ConnectedPlugin> connected = new ArrayList<>();
    for (LoadedPlugin each : loaded) {
      Map<String, String> own = new HashMap<>();
      settingsOf(each.name()).forEach((key, value) -> own.put(key, value.reveal()));
      PluginContext context = new PluginContext(each.name(), own, knowledge, clock);
      connected.add(new ConnectedPlugin(
          each.name(), String.valueOf(each.place().getFileName()), connect(each, context)));
    }
    ConnectedPlugins all = new ConnectedPlugins(connected);
    all.requireSingleParts();
    return all;
  }

  /** Closes all plug-ins, the last one first. */
  @Override
  public void close() {
    for (int i = loaded.size() - 1; i >= 0; i--) {
      LoadedPlugin plugin = loaded.get(i);
      try {
        plugin.close();
      } catch (RuntimeException | LinkageError e) {
        log.error("plug-in {} did not close", plugin.name(), e);
      }
    }
    loaded.clear();
  }

  private static PluginParts connect(LoadedPlugin plugin, PluginContext context)
      throws PluginException {
    try {
      return plugin.plugin().connect(context);
    } catch (LinkageError e) {
      throw LoadedPlugin.unfit(plugin.place(), e);
    } catch (IllegalArgumentException e) {
      throw new PluginException(
          "plug-in " + plugin.name() + " is not configured correctly: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new PluginException("plug-in " + plugin.name() + " failed: " + e, e);
    }
  }

  private void add(LoadedPlugin plugin) throws PluginException {
    Optional<LoadedPlugin> namesake =
        loaded.stream().filter(each -> each.name().equals(plugin.name())).findFirst();
    loaded.add(plugin);
    if (namesake.isPresent()) {
      throw new PluginException("two plug-ins are named \"" + plugin.name() + "\": "
          + namesake.get().place() + " and " + plugin.place() + "; remove one of them");
    }
  }

  private void requireSettingsToFit(Optional<Path> folder) throws PluginException {
    List<String> names = loaded.stream().map(LoadedPlugin::name).toList();
    for (String configured : settings.settings().keySet()) {
      if (!names.contains(configured)) {
        throw new PluginException("plugins." + configured + " is set, but there is no plug-in \""
            + configured + "\" in "
            + folder.map(Path::toString).orElse("the folder plugins beside the jar")
            + " (found: " + (names.isEmpty() ? "none" : String.join(", ", names)) + ")");
      }
    }
  }

  private Map<String, Secret> settingsOf(String name) {
    return settings.settings().getOrDefault(name, Map.of());
  }
}
