package dev.relay.app.config.setting;

import java.util.Optional;

/**
 * Turns the text or structure that the operator wrote into a typed value, or reports what is wrong with it. Stateless and thread-safe.
 *
 * @param <T> the type of the value
 */
public interface Parser<T> {

  /** Returns the allowed values in words, for errors and documentation: {@code a whole number from 1 to 65535}. */
  String allowed();

  /** Returns the allowed values in a few words, for a table in the documentation. */
  default String brief() {
    return allowed();
  }

  /** Checks whether the value is an address or a list of them, of which user, password and query must not be shown. */
  default boolean isAddress() {
    return false;
  }

  /**
   * Parses a value.
   *
   * @param key the setting, or the part of it, for errors
   * @param value what the operator wrote
   * @param faults receives everything that is wrong
   * @return the typed value; empty if it is wrong
   */
  Optional<T> parse(String key, Value value, Faults faults);
}
