package dev.relay.app.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the settings of environment variables. */
final class SettingsVariables {
  /** Names the configuration file. */
  static final String FILE = "RELAY_CONFIG";

  private static final String PREFIX = "RELAY_";

  private SettingsVariables() {}

  /** The settings among the variables; every other variable that begins with RELAY_ is a fault. An empty one is not set. */
  static SettingValues read(Map<String, String> environment, Faults faults) {
    Map<String, Value> values = new HashMap<>();
    new TreeMap<>(environment).forEach((name, text) -> {
      if (name.startsWith(PREFIX) && !name.equals(FILE) && !text.isBlank()) {
        read(name, new Value.Text(text, "environment variable " + name), values, faults);
      }
    });
    return new SettingValues(values);
  }

  private static void read(
      String name, Value.Text value, Map<String, Value> values, Faults faults) {
    Optional<Setting<?>> plain = Catalogue.ALL.stream()
        .filter(setting -> setting.variable().equals(name))
        .<Setting<?>>map(setting -> setting)
        .findFirst();
    Optional<Setting<?>> inFile = SecretFiles.ofVariable(name);
    if (plain.isPresent()) {
      put(plain.get(), value, values, faults);
    } else if (inFile.isPresent()) {
      SecretFiles.read(inFile.get().key(), value, faults)
          .ifPresent(secret -> put(inFile.get(), secret, values, faults));
    } else {
      faults.add(
          name,
          "",
          "is not known" + Suggestion.sentence(name, Catalogue.variables()),
          value.source());
    }
  }

  private static void put(
      Setting<?> setting, Value value, Map<String, Value> values, Faults faults) {
    if (values.put(setting.key(), value) != null) {
      faults.add(
          setting.variable(), "", "is set twice, itself and as a file; set one", value.source());
    }
  }
}
