package dev.relay.core.customer;

import dev.relay.core.text.Cut;
import java.util.Locale;
import java.util.Set;

/**
 * What a channel knows of the person who writes.
 *
 * @param externalId the channel's stable id of the person, 1 to 200 characters
 * @param displayName what agents see, untrusted, cut to 100 characters
 * @param locale the person's language
 * @param roles what the person is in the community, for routing rules
 */
public record CustomerProfile(
    String externalId, String displayName, Locale locale, Set<String> roles) {
  private static final int MAX_NAME = 100;

  /** Cuts the name and copies the roles; refuses an empty or over-long id. */
  public CustomerProfile {
    if (externalId.isBlank() || externalId.length() > 200) {
      throw new IllegalArgumentException(
          "a customer's id has 1 to 200 characters, this one " + externalId.length());
    }
    displayName = Cut.to(displayName, MAX_NAME);
    roles = Set.copyOf(roles);
  }

  /** Without the name, which is personal. */
  @Override
  public String toString() {
    return "CustomerProfile[" + locale + "]";
  }
}
