package dev.relay.core.plugin;

import dev.relay.core.knowledge.KnowledgeBase;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a plug-in receives from Relay. Immutable.
 *
 * @param name the plug-in's name
 * @param settings the plug-in's settings by their keys, without {@code plugins.NAME.}; may hold secrets
 * @param knowledge the articles; a search waits until they have been read, so that {@link Plugin#connect} must not search
 * @param clock the time
 */
public record PluginContext(
    String name, Map<String, String> settings, KnowledgeBase knowledge, InstantSource clock) {

  /** Copies the settings. */
  public PluginContext {
    settings = Map.copyOf(settings);
  }

  /** Returns a setting; empty if the operator did not set it. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /**
   * Returns a setting that the plug-in cannot do without.
   *
   * @throws IllegalArgumentException if the operator did not set it
   */
  public String required(String key) {
    return setting(key)
        .orElseThrow(
            () -> new IllegalArgumentException("plugins." + name + "." + key + " is missing"));
  }

  /** Returns the name alone: the settings may hold secrets. */
  @Override
  public String toString() {
    return "PluginContext[" + name + "]";
  }
}
