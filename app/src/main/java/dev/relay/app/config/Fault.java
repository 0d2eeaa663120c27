package dev.relay.app.config;

import dev.relay.core.text.Cut;

/**
 * Something wrong with the configuration.
 *
 * @param key which setting
 * @param found the value as written; a secret is masked
 * @param expected what is wrong or what is allowed
 * @param source where the value comes from
 */
public record Fault(String key, String found, String expected, String source) {
  private static final int MAX_SHOWN = 80;

  /** The fault on one line. */
  public String describe() {
    String shown = Cut.withEllipsis(found.replaceAll("\\p{Cntrl}", " "), MAX_SHOWN);
    String value = shown.isEmpty() ? "" : " is \"" + shown + "\"";
    return key + value + ": " + expected + " (" + source + ")";
  }
}
