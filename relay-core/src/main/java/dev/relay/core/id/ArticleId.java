package dev.relay.core.id;

import java.util.regex.Pattern;

/**
 * The name of an article within a knowledge base. Articles about one subject in several languages share it.
 *
 * @param value 1 to 100 characters, without white space, control characters, slashes, quotes and angle brackets: whatever an
 *     imported collection calls its articles. It must be encoded inside an address
 */
public record ArticleId(String value) {
  /** The allowed characters, for error messages. */
  public static final String ALLOWED_CHARACTERS =
      "1 to 100 characters without white space, slashes, quotes and angle brackets";

  private static final Pattern ALLOWED = Pattern.compile("[^\\s\\p{Cntrl}/\\\\\"'`<>]{1,100}");

  /**
   * Refuses a name with other characters.
   *
   * @throws IllegalArgumentException if the name is not allowed; the message describes the allowed names
   */
  public ArticleId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an article id must have " + ALLOWED_CHARACTERS + "; this one is: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
