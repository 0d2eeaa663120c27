package dev.relay.http;

import dev.relay.core.conversation.EventKey;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A customer in the web chat.
 *
 * @param tokenHash the hash of the session's token
 * @param id the session's id: the customer's external id and address
 * @param displayName what the customer called themselves, untrusted
 * @param locale the customer's language
 * @param expiresAt when the session ends
 */
record ChatSession(
    String tokenHash, String id, String displayName, Locale locale, Instant expiresAt) {

  CustomerAddress address() {
    return new CustomerAddress(WebChatChannel.ID, id);
  }

  /** Who may read what this customer uploads, besides agents. */
  String attachmentOwner() {
    return WebChatChannel.ID + ":" + id;
  }

  /** The origin of something that the client names within its session. */
  Origin origin(String clientId) {
    return Origin.of(
        new EventKey(WebChatChannel.ID.value(), id + ":" + clientId),
        address(),
        new CustomerProfile(id, displayName, locale, Set.of()));
  }

  /** Without what is personal or secret. */
  @Override
  public String toString() {
    return "ChatSession";
  }
}
