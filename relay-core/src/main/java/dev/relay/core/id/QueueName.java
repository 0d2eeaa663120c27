package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * A queue in which customers wait for an agent.
 *
 * @param value 1 to 50 characters of {@code a-z 0-9 _ -}
 */
public record QueueName(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_-]{1,50}");

  /** The queue that is used where no routing rule names one. */
  public static final QueueName DEFAULT = new QueueName("default");

  /** Refuses a name with other characters by an {@link IllegalArgumentException} that says what is allowed. */
  public QueueName {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a queue's name has 1 to 50 characters of a-z 0-9 _ -, this is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
