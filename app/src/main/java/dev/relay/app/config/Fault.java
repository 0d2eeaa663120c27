package dev.relay.app.config;

import dev.relay.core.text.Cut;

/**
 * An error in the configuration.
 *
 * @param key the setting, or what else is wrong
 * @param found the value as written, a secret masked; empty to leave it out
 * @param expected what is wrong or what is allowed
 * @param source where the value is written
 */
public record Fault(String key, String found, String expected, String source) {
  private static final int MAX_SHOWN = 80;

  /** Returns the fault on one line: key, value, what is expected, source. */
  public String describe() {
    String shown = Cut.withEllipsis(found.replaceAll("\\p{Cntrl}", " "), MAX_SHOWN);
    String value = shown.isEmpty() ? "" : " is \"" + shown + "\"";
    return key + value + ": " + expected + " (" + source + ")";
  }
}
