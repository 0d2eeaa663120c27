package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * Names an article within a knowledge base; articles in several languages about one thing share it.
 *
 * @param value 1 to 100 characters, without white space, control characters, slashes, quotes and angle brackets: whatever
 *     an imported collection calls its articles. Must be encoded where it stands in an address
 */
public record ArticleId(String value) {
  /** What an id may consist of, for error messages. */
  public static final String ALLOWED_CHARACTERS =
      "1 to 100 characters without white space, slashes, quotes and angle brackets";

  private static final Pattern ALLOWED = Pattern.compile("[^\\s\\p{Cntrl}/\\\\\"'`<>]{1,100}");

  /** Refuses a name with other characters by an {@link IllegalArgumentException} that says what is allowed. */
  public ArticleId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an article id has " + ALLOWED_CHARACTERS + ", this is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
