package dev.relay.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The plug-ins.
 *
 * @param dir the folder of plug-ins; empty: the folder {@code plugins} beside the jar
 * @param settings the settings of each plug-in by its name and their keys; any of them may be secret
 */
public record PluginSettings(Optional<Path> dir, Map<String, Map<String, Secret>> settings) {
  /** Copies the map. */
  public PluginSettings {
    settings = Map.copyOf(settings);
  }
}
