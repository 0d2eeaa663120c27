package dev.relay.app.config.source;

import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Suggestion;
import dev.relay.app.config.setting.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the settings of environment variables. Every other variable that begins with RELAY_ is a fault. */
final class SettingsVariables {
  /** The variable that names the configuration file. */
  static final String FILE = "RELAY_CONFIG";

  private static final String PREFIX = "RELAY_";

  private final Catalogue catalogue;
  private final Faults faults;
  private final SecretFiles secretFiles;
  private final Map<String, Value> values = new HashMap<>();

  SettingsVariables(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
    this.secretFiles = new SecretFiles(catalogue, faults);
  }

  /** Returns the settings among the variables; an empty variable sets nothing. */
  Map<String, Value> read(Map<String, String> environment) {
    new TreeMap<>(environment).forEach((name, text) -> {
      if (name.startsWith(PREFIX) && !name.equals(FILE) && !text.isBlank()) {
        read(name, new Value.Text(text, "environment variable " + name));
      }
    });
    return values;
  }

  private void read(String name, Value.Text value) {
    Optional<Setting<?>> plain = catalogue.byVariable(name);
    Optional<Setting<?>> inFile = secretFiles.ofVariable(name);
    if (plain.isPresent()) {
      put(plain.get(), value);
    } else if (inFile.isPresent()) {
      secretFiles.read(inFile.get(), value).ifPresent(secret -> put(inFile.get(), secret));
    } else {
      faults.add(
          name,
          "",
          "unknown setting" + Suggestion.sentence(name, catalogue.variables()),
          value.source());
    }
  }

  private void put(Setting<?> setting, Value value) {
    if (values.put(setting.key(), value) != null) {
      faults.add(
          setting.variable(),
          "",
          "set twice, directly and as a file; keep only one of them",
          value.source());
    }
  }
}
