package dev.relay.core.knowledge;

import java.util.regex.Pattern;

/**
 * Names an article within a knowledge base; articles in several languages about one thing share it.
 *
 * @param value 1 to 100 characters of {@code A-Z a-z 0-9 . _ -}, so that it can stand in addresses and file names
 */
public record ArticleId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** Refuses a name with other characters by an {@link IllegalArgumentException} that says what is allowed. */
  public ArticleId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an article id has 1 to 100 characters of A-Z a-z 0-9 . _ -, this is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
