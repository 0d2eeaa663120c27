package dev.relay.core.conversation;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import java.util.Optional;

/**
 * The origin of a customer's event.
 *
 * @param key the key of the event, for deduplication
 * @param address the customer's address
 * @param profile the customer's profile
 * @param position the channel's reading position at this address after the event, kept for gap recovery
 * @param guild the community
 * @param command the command that was used, without a slash
 */
public record Origin(
    EventKey key,
    CustomerAddress address,
    CustomerProfile profile,
    Optional<String> position,
    Optional<String> guild,
    Optional<String> command) {

  /** Returns an origin with a key, an address and a profile only. */
  public static Origin of(EventKey key, CustomerAddress address, CustomerProfile profile) {
    return new Origin(key, address, profile, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
