package dev.relay.app.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that the operator can set.
 *
 * @param key its name in the file, with dots between groups: {@code http.port}
 * @param reading how its value is understood
 * @param fallback what holds where it is not set
 * @param fallbackText the same as documentation shows it
 * @param exposure how much of its value may be shown
 * @param meaning one or two sentences for the documentation
 */
record Setting<T>(
    String key,
    Reading<T> reading,
    T fallback,
    String fallbackText,
    Exposure exposure,
    String meaning) {

  /** How much of a value may be shown. */
  enum Exposure {
    /** All of it. */
    OPEN,
    /** An address, of which user, password and query are hidden. */
    ADDRESS,
    /** Nothing. */
    SECRET
  }

  static <T> Setting<T> of(
      String key, Reading<T> reading, T fallback, String fallbackText, String meaning) {
    return new Setting<>(key, reading, fallback, fallbackText, Exposure.OPEN, meaning);
  }

  static <T> Setting<Optional<T>> optional(String key, Reading<T> reading, String meaning) {
    return of(key, Readings.optional(reading), Optional.empty(), "not set", meaning);
  }

  static Setting<Optional<Secret>> secret(String key, String meaning) {
    return new Setting<>(
        key,
        Readings.optional(Readings.secret()),
        Optional.empty(),
        "not set",
        Exposure.SECRET,
        meaning);
  }

  Setting<T> asAddress() {
    return new Setting<>(key, reading, fallback, fallbackText, Exposure.ADDRESS, meaning);
  }

  boolean isSecret() {
    return exposure == Exposure.SECRET;
  }

  /** The name of the environment variable: {@code RELAY_HTTP_PORT}. */
  String variable() {
    return variableOf(key);
  }

  static String variableOf(String key) {
    return "RELAY_"
        + key.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** The group it stands in: {@code http}; empty at the top. */
  String group() {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }
}
