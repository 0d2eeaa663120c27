package dev.relay.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from, the first that has one wins: the command line, the environment, the file.
 *
 * @param overrides settings of the command line by their keys
 * @param environment all environment variables
 * @param file the file named on the command line; else the variable RELAY_CONFIG names it, if any
 */
public record ConfigurationSource(
    Map<String, String> overrides, Map<String, String> environment, Optional<Path> file) {

  /** Copies the maps, so that the source cannot change. */
  public ConfigurationSource {
    overrides = Map.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** Reads and checks everything; throws with all that is wrong, not only the first thing. */
  public Loaded load() throws ConfigurationException {
    return ConfigurationReader.read(this);
  }

  Optional<Path> chosenFile() {
    return file.or(() -> Optional.ofNullable(environment.get(SettingsVariables.FILE))
        .filter(name -> !name.isBlank())
        .map(Path::of));
  }
}
