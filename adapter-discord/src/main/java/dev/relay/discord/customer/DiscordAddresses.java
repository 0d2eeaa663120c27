package dev.relay.discord.customer;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import java.util.Optional;

/** Conversions between Discord's ids and Relay's addresses and event keys. Stateless. */
public final class DiscordAddresses {
  /** The id of the channel. */
  public static final PortId CHANNEL = new PortId("discord");
  /** The source of all event keys of Discord. */
  public static final String SOURCE = "discord";

  private DiscordAddresses() {}

  /** Returns the address of a customer, in whichever channel they write. */
  public static CustomerAddress address(long customer) {
    return new CustomerAddress(CHANNEL, Long.toString(customer));
  }

  /** Returns the id of the customer at an address; empty if the address is not a Discord user id. */
  public static Optional<Long> at(CustomerAddress address) {
    try {
      return Optional.of(Long.parseLong(address.key()));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /** Returns the key of an event of Discord: {@code m…} for messages, {@code i…} for interactions. */
  public static EventKey key(String id) {
    return new EventKey(SOURCE, id);
  }
}
