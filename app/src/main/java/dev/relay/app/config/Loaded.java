package dev.relay.app.config;

import java.util.List;

/**
 * A configuration and the source of each of its settings.
 *
 * @param configuration the checked settings
 * @param shown every setting as it may be shown, in the order of the documentation
 */
public record Loaded(Configuration configuration, List<Shown> shown) {
  /** Copies the list, so that it cannot change. */
  public Loaded {
    shown = List.copyOf(shown);
  }

  /**
   * A setting as it may be shown.
   *
   * @param key the name in the file
   * @param value the value; masked if it is secret
   * @param source where the value is written
   */
  public record Shown(String key, String value, String source) {}
}
