package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * The id of one channel, desk or other implementation that effects are delivered to: {@code web}, {@code discord}, {@code
 * flex}. Lanes are claimed port by port, so that a slow port holds up only itself.
 *
 * @param value 1 to 40 characters of {@code a-z 0-9 -}, unique in an installation
 */
public record PortId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,40}");

  /**
   * Refuses a name with other characters.
   *
   * @throws IllegalArgumentException if the name is not allowed; the message describes the allowed names
   */
  public PortId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a port id must have 1 to 40 characters of a-z 0-9 -; this one is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
