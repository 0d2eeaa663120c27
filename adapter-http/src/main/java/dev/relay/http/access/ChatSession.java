package dev.relay.http.access;

import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A customer in the web chat.
 *
 * @param tokenHash the hash of the session's token
 * @param id the session's id: the customer's external id and address
 * @param displayName the name that the customer entered, untrusted
 * @param locale the customer's language
 * @param expiresAt when the session ends
 */
public record ChatSession(
    String tokenHash, String id, String displayName, Locale locale, Instant expiresAt) {
  /** The id of the web chat channel. */
  public static final PortId CHANNEL = new PortId("web");

  public CustomerAddress address() {
    return new CustomerAddress(CHANNEL, id);
  }

  /** Returns the owner of this customer's uploads. Besides agents, only the owner may read them. */
  public String attachmentOwner() {
    return CHANNEL + ":" + id;
  }

  /** Returns the origin of an event that the client has named within its session. */
  public Origin origin(String clientId) {
    return Origin.of(
        new EventKey(CHANNEL.value(), id + ":" + clientId),
        address(),
        new CustomerProfile(id, displayName, locale, Set.of()));
  }

  /** Returns a text without personal data or secrets. */
  @Override
  public String toString() {
    return "ChatSession";
  }
}
