package dev.relay.app.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of one place (the file, the environment, the command line) by the settings' keys. */
record SettingValues(Map<String, Value> byKey) {
  SettingValues {
    byKey = Map.copyOf(byKey);
  }

  static SettingValues none() {
    return new SettingValues(Map.of());
  }

  /** The value of the first place that has one. */
  static Optional<Value> first(List<SettingValues> places, String key) {
    return places.stream()
        .flatMap(place -> Optional.ofNullable(place.byKey().get(key)).stream())
        .findFirst();
  }
}
