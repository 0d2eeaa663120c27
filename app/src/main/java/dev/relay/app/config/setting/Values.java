package dev.relay.app.config.setting;

import dev.relay.app.config.Loaded.Shown;
import dev.relay.app.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of all settings, from whichever place sets them first. Collects what is wrong with them. Not thread-safe. */
public final class Values {
  private final List<Map<String, Value>> places;
  private final Faults faults;

  /**
   * Reads from these places.
   *
   * @param places the values of each place by the settings' keys; the first place that has a value wins
   * @param faults receives everything that is wrong
   */
  public Values(List<Map<String, Value>> places, Faults faults) {
    this.places = List.copyOf(places);
    this.faults = faults;
  }

  /** Returns the value of a setting; its default if it is not set, or if it is wrong, which is reported. */
  public <T> T get(Setting<T> setting) {
    Optional<Value> value = raw(setting);
    if (value.isEmpty()) {
      return setting.defaultValue();
    }
    Faults own = Faults.showing(setting.exposure());
    Optional<T> result = setting.parser().parse(setting.key(), value.get(), own);
    faults.addAll(own);
    return result.orElse(setting.defaultValue());
  }

  /** Checks whether the operator set this setting, rightly or wrongly. */
  public boolean isSet(Setting<?> setting) {
    return raw(setting).isPresent();
  }

  /** Reports that {@code required} is missing if {@code setting} is set and {@code required} is not. */
  public void require(Setting<?> setting, Setting<?> required) {
    Optional<Value> value = raw(setting);
    if (value.isPresent() && !isSet(required)) {
      faults.add(
          required.key(),
          "",
          "missing, but " + setting.key() + " requires it; set it in the file or as "
              + required.variable(),
          setting.key() + ": " + value.get().source());
    }
  }

  /**
   * Reports that a setting does not fit others, at the first place where one of them is set.
   *
   * @param setting the setting to change
   * @param found its value; empty to leave it out
   * @param expected what would fit
   * @param others settings that caused the conflict, in the order in which their place is named if {@code setting} has its default
   */
  public void conflict(Setting<?> setting, String found, String expected, Setting<?>... others) {
    String source = raw(setting)
        .or(() -> List.of(others).stream().flatMap(it -> raw(it).stream()).findFirst())
        .map(Value::source)
        .orElse("default");
    faults.add(setting.key(), found, expected, source);
  }

  /**
   * Reports a wrong part of a setting.
   *
   * @param key the setting or the part of it
   * @param found the value as written; empty to leave it out
   * @param expected what is allowed
   * @param source where the value is written
   */
  public void reject(String key, String found, String expected, String source) {
    faults.add(key, found, expected, source);
  }

  /** Returns the settings of plug-ins that the operator set, by the order of their keys. */
  public List<Setting<Optional<Secret>>> settingsOfPlugins() {
    return places.stream()
        .flatMap(place -> place.keySet().stream())
        .filter(key -> PluginKeys.byKey(key).isPresent())
        .distinct()
        .sorted()
        .map(PluginKeys::setting)
        .toList();
  }

  /** Returns a setting as it may be shown to people. */
  public Shown shown(Setting<?> setting) {
    return raw(setting)
        .map(value -> new Shown(setting.key(), setting.exposure().shown(value), value.source()))
        .orElseGet(() -> new Shown(setting.key(), setting.defaultText(), "default"));
  }

  private Optional<Value> raw(Setting<?> setting) {
    return places.stream()
        .flatMap(place -> Optional.ofNullable(place.get(setting.key())).stream())
        .findFirst();
  }
}
