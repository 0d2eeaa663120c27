package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.path;

import dev.relay.app.config.PluginSettings;
import dev.relay.app.config.Secret;
import dev.relay.app.config.setting.PluginKeys;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folder of plug-ins and the settings of each of them, which only the plug-in can check. */
final class PluginSection extends Section<PluginSettings> {
  private final Setting<Optional<Path>> dir = optional(
      "plugins.dir",
      path(),
      "the folder plugins beside the jar",
      "Folder of plug-ins. Their own settings, plugins.NAME.KEY, are never shown: see plugins.md.");

  @Override
  public PluginSettings read(Values values) {
    Map<String, Map<String, Secret>> settings = new TreeMap<>();
    for (Setting<Optional<Secret>> setting : values.settingsOfPlugins()) {
      values
          .get(setting)
          .ifPresent(text -> settings
              .computeIfAbsent(PluginKeys.plugin(setting), name -> new TreeMap<>())
              .put(PluginKeys.key(setting), text));
    }
    return new PluginSettings(values.get(dir), settings);
  }
}
