package dev.relay.core.customer;

import dev.relay.core.text.Cut;
import java.util.Locale;
import java.util.Set;

/**
 * The information that a channel has about a customer.
 *
 * @param externalId the channel's stable id of the customer, 1 to 200 characters
 * @param displayName the name that live agents see, untrusted, cut to 100 characters
 * @param locale the customer's language
 * @param roles the customer's roles in the community, for routing rules
 */
public record CustomerProfile(
    String externalId, String displayName, Locale locale, Set<String> roles) {
  private static final int MAX_NAME = 100;

  /** Cuts the name and copies the roles; refuses an empty or over-long id. */
  public CustomerProfile {
    if (externalId.isBlank() || externalId.length() > 200) {
      throw new IllegalArgumentException(
          "a customer's id must have 1 to 200 characters; its length is " + externalId.length());
    }
    displayName = Cut.to(displayName, MAX_NAME);
    roles = Set.copyOf(roles);
  }

  /** Leaves out the name, which is personal. */
  @Override
  public String toString() {
    return "CustomerProfile[" + locale + "]";
  }
}
