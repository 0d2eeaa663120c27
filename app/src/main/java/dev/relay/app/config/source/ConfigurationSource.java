package dev.relay.app.config.source;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.Loaded;
import dev.relay.app.config.section.Sections;
import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Value;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places that settings come from. The first place that sets a setting wins: the command line, the environment, the file.
 *
 * @param overrides settings of the command line by their keys
 * @param environment all environment variables
 * @param file the file named on the command line; if empty, the variable RELAY_CONFIG may name one
 */
public record ConfigurationSource(
    Map<String, String> overrides, Map<String, String> environment, Optional<Path> file) {

  /** Copies the maps, so that the source cannot change. */
  public ConfigurationSource {
    overrides = Map.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads and checks all settings.
   *
   * @throws ConfigurationException with everything that is wrong, not only the first fault
   */
  public Loaded load() throws ConfigurationException {
    Sections sections = new Sections();
    Catalogue catalogue = sections.catalogue();
    Faults faults = new Faults();
    Map<String, Value> commandLine = new SettingsOverrides(catalogue, faults).read(overrides);
    Map<String, Value> variables = new SettingsVariables(catalogue, faults).read(environment);
    Map<String, Value> fromFile =
        chosenFile().map(path -> new SettingsFile(catalogue, faults).read(path)).orElse(Map.of());
    Values values = new Values(List.of(commandLine, variables, fromFile), faults);
    Configuration configuration = sections.read(values);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults.list());
    }
    return new Loaded(
        configuration,
        Stream.<Setting<?>>concat(
                catalogue.settings().stream(), values.settingsOfPlugins().stream())
            .map(values::shown)
            .toList());
  }

  private Optional<Path> chosenFile() {
    return file.or(() -> Optional.ofNullable(environment.get(SettingsVariables.FILE))
        .filter(name -> !name.isBlank())
        .map(Path::of));
  }
}
