package dev.relay.app.config;

import java.util.List;

/**
 * A configuration and where each of its settings came from.
 *
 * @param configuration the settings
 * @param shown every setting as it may be shown, in the catalogue's order
 */
public record Loaded(Configuration configuration, List<Shown> shown) {
  /** Copies the list, so that it cannot change. */
  public Loaded {
    shown = List.copyOf(shown);
  }

  /**
   * A setting as it may be shown.
   *
   * @param key its name in the file
   * @param value its value, masked where it is secret
   * @param source where it comes from
   */
  public record Shown(String key, String value, String source) {}
}
