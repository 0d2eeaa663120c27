package dev.relay.http.chat;

import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfile.Attribute;
import dev.relay.http.access.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a web site has stated about a customer in a token that it has signed. Immutable.
 *
 * @param subject the site's own id of the customer
 * @param name the name; empty if the token has none
 * @param email the e-mail address; empty if the token has none
 * @param locale the language; empty if the token has none
 * @param attributes further facts, in the token's order
 */
record Identity(
    String subject,
    Optional<String> name,
    Optional<String> email,
    Optional<Locale> locale,
    List<Attribute> attributes) {

  Identity {
    attributes = List.copyOf(attributes);
  }

  /**
   * Returns the key of the customer's address: the same on every device. It differs from the ids of guests, so that nobody becomes
   * somebody else by a chosen id, and it is a hash, because the id may be longer than a key.
   */
  String address() {
    return "u-" + Secrets.hash("relay chat identity\n" + subject);
  }

  SiteProfile profile(Instant now) {
    return new SiteProfile(address(), subject, email, attributes, now);
  }

  /** Leaves out everything, because it is personal. */
  @Override
  public String toString() {
    return "Identity";
  }
}
