package dev.relay.app.config.source;

import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Suggestion;
import dev.relay.app.config.setting.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of the command line: {@code --set http.port=9000}. */
final class SettingsOverrides {
  private static final String SOURCE = "command line";

  private final Catalogue catalogue;
  private final Faults faults;

  SettingsOverrides(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
  }

  Map<String, Value> read(Map<String, String> overrides) {
    Map<String, Value> values = new HashMap<>();
    overrides.forEach((key, text) -> {
      Optional<Setting<?>> setting = catalogue.byKey(key);
      if (setting.isEmpty()) {
        String expected = "unknown setting" + Suggestion.sentence(key, catalogue.keys());
        faults.add(key, "", expected, SOURCE);
      } else if (setting.get().isSecret()) {
        String variable = setting.get().variable();
        faults.add(
            key,
            "",
            "secrets are not accepted on the command line, which other users can see; set "
                + variable + " or " + variable + "_FILE",
            SOURCE);
      } else {
        values.put(key, new Value.Text(text, SOURCE));
      }
    });
    return values;
  }
}
