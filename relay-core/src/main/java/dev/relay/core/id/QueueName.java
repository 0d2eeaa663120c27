package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * The name of a queue in which customers wait for a live agent.
 *
 * @param value 1 to 50 characters of {@code a-z 0-9 _ -}
 */
public record QueueName(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_-]{1,50}");

  /** The queue that is used if no routing rule names one. */
  public static final QueueName DEFAULT = new QueueName("default");

  /**
   * Refuses a name with other characters.
   *
   * @throws IllegalArgumentException if the name is not allowed; the message describes the allowed names
   */
  public QueueName {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a queue name must have 1 to 50 characters of a-z 0-9 _ -; this one is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
