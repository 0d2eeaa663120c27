package dev.relay.app.config.setting;

import java.util.Locale;

/**
 * A value that the operator can set.
 *
 * @param key the name in the file, with dots between groups: {@code http.port}
 * @param parser turns the text of the operator into the value
 * @param defaultValue the value if the operator sets none
 * @param defaultText the default as the documentation shows it
 * @param exposure the part of the value that may be shown
 * @param meaning one or two sentences for the documentation
 */
public record Setting<T>(
    String key,
    Parser<T> parser,
    T defaultValue,
    String defaultText,
    Exposure exposure,
    String meaning) {

  /** The part of a value that may be shown. */
  public enum Exposure {
    /** All of it. */
    OPEN,
    /** An address without its user, password and query. */
    ADDRESS,
    /** Nothing. */
    SECRET
  }

  /** Checks whether the value must never be shown. */
  public boolean isSecret() {
    return exposure == Exposure.SECRET;
  }

  /** Returns the name of the environment variable: {@code RELAY_HTTP_PORT}. */
  public String variable() {
    return "RELAY_"
        + key.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Returns the group in the file: {@code http}; empty for a setting at the top. */
  public String group() {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }
}
