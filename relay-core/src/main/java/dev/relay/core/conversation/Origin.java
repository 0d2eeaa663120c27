package dev.relay.core.conversation;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import java.util.Optional;

/**
 * Where something that a customer did came from.
 *
 * @param key names the event, for deduplication
 * @param address where the customer is
 * @param profile who the customer is
 * @param position how far the channel has now read at this address, kept for gap recovery
 * @param guild in which community
 * @param command by which command, without a slash
 */
public record Origin(
    EventKey key,
    CustomerAddress address,
    CustomerProfile profile,
    Optional<String> position,
    Optional<String> guild,
    Optional<String> command) {

  /** An origin of which only key, address and person are known. */
  public static Origin of(EventKey key, CustomerAddress address, CustomerProfile profile) {
    return new Origin(key, address, profile, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
