package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * Names one implementation of a port that effects are delivered to: {@code web}, {@code discord}, {@code flex}. Lanes are
 * claimed port by port, so that a slow port holds up none but itself.
 *
 * @param value 1 to 40 characters of {@code a-z 0-9 -}, unique in an installation
 */
public record PortId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,40}");

  /** Refuses a name with other characters by an {@link IllegalArgumentException} that says what is allowed. */
  public PortId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a port's id has 1 to 40 characters of a-z 0-9 -, this is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
