package dev.relay.core.customer;

import dev.relay.core.text.Cut;
import java.util.Locale;
import java.util.Set;

/**
 * The information that a channel has about a customer. A channel that does not know a detail with every event names it in {@code
 * unknown}: what Relay knows of the customer from earlier events, also from before a restart, then stays as it is.
 *
 * @param externalId the channel's stable id of the customer, 1 to 200 characters
 * @param displayName the name that live agents see, untrusted, cut to 100 characters
 * @param locale the customer's language; if it is unknown, the language to assume for a customer whom Relay does not know either
 * @param roles the customer's roles in the community, for routing rules; if they are unknown, those to assume
 * @param unknown the details that this event does not know
 */
public record CustomerProfile(
    String externalId, String displayName, Locale locale, Set<String> roles, Set<Detail> unknown) {
  private static final int MAX_NAME = 100;

  /** A detail of a profile that an event may not know. */
  public enum Detail {
    /** The name. */
    NAME,
    /** The language. */
    LOCALE,
    /** The roles in the community. */
    ROLES
  }

  /** Cuts the name, makes the texts well-formed and copies the sets; refuses an empty or over-long id. */
  public CustomerProfile {
    if (externalId.isBlank() || externalId.length() > 200) {
      throw new IllegalArgumentException(
          "a customer's id must have 1 to 200 characters; its length is " + externalId.length());
    }
    externalId = Cut.wellFormed(externalId);
    displayName = Cut.wellFormed(Cut.to(displayName, MAX_NAME));
    roles = Cut.wellFormed(roles);
    unknown = Set.copyOf(unknown);
  }

  /** Creates a profile of which every detail is known. */
  public CustomerProfile(String externalId, String displayName, Locale locale, Set<String> roles) {
    this(externalId, displayName, locale, roles, Set.of());
  }

  /** Returns the profile without the knowledge of those details. */
  public CustomerProfile withUnknown(Detail... details) {
    return new CustomerProfile(externalId, displayName, locale, roles, Set.of(details));
  }

  boolean knows(Detail detail) {
    return !unknown.contains(detail);
  }

  /** Leaves out the name, which is personal. */
  @Override
  public String toString() {
    return "CustomerProfile[" + locale + "]";
  }
}
