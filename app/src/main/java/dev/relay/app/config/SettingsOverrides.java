package dev.relay.app.config;

import java.util.HashMap;
import java.util.Map;

/** Reads the settings of the command line: {@code --set http.port=9000}. */
final class SettingsOverrides {
  private static final String SOURCE = "command line";

  private SettingsOverrides() {}

  static SettingValues read(Map<String, String> overrides, Faults faults) {
    Map<String, Value> values = new HashMap<>();
    overrides.forEach((key, text) -> {
      boolean known = Catalogue.keys().contains(key);
      boolean secret = Catalogue.ALL.stream()
          .anyMatch(setting -> setting.key().equals(key) && setting.isSecret());
      if (!known) {
        faults.add(key, "", "is not known" + Suggestion.sentence(key, Catalogue.keys()), SOURCE);
      } else if (secret) {
        faults.add(
            key,
            "",
            "is a secret, and a command line can be seen by others: set " + Setting.variableOf(key)
                + " or " + Setting.variableOf(key) + "_FILE",
            SOURCE);
      } else {
        values.put(key, new Value.Text(text, SOURCE));
      }
    });
    return new SettingValues(values);
  }
}
