package dev.relay.app.config.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All settings of the app, group by group in the order of their declaration. Immutable. */
public final class Catalogue {
  private final List<Setting<?>> settings;

  /** Lists these settings; settings of one group need not be neighbours. */
  public Catalogue(List<Setting<?>> declared) {
    Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
    declared.forEach(setting ->
        groups.computeIfAbsent(setting.group(), name -> new ArrayList<>()).add(setting));
    settings = groups.values().stream().<Setting<?>>flatMap(List::stream).toList();
  }

  /** Returns all settings. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** Returns the keys of all settings. */
  public List<String> keys() {
    return settings.stream().<String>map(Setting::key).toList();
  }

  /** Returns the environment variables of all settings. */
  public List<String> variables() {
    return settings.stream().<String>map(Setting::variable).toList();
  }

  /** Returns the names of all groups, without the unnamed one at the top. */
  public List<String> groups() {
    return settings.stream()
        .map(Setting::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .toList();
  }

  /** Checks whether settings of the file can be grouped under this name. */
  public boolean isGroup(String key) {
    return groups().contains(key) || PluginKeys.isGroup(key);
  }

  /** Returns the setting with this key. */
  public Optional<Setting<?>> byKey(String key) {
    for (Setting<?> setting : settings) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return PluginKeys.byKey(key);
  }

  /** Returns the setting with this environment variable. */
  public Optional<Setting<?>> byVariable(String variable) {
    for (Setting<?> setting : settings) {
      if (setting.variable().equals(variable)) {
        return Optional.of(setting);
      }
    }
    return PluginKeys.byVariable(variable);
  }
}
