package dev.relay.core.customer;

import dev.relay.core.id.PortId;

/**
 * The place where a customer can be reached, such as a direct-message channel or a web chat session. At most one conversation
 * that is not closed exists per address.
 *
 * @param channel the channel
 * @param key the channel's own name of the place, 1 to 200 characters, opaque to Relay
 */
public record CustomerAddress(PortId channel, String key) {

  /** Refuses an empty or over-long key. */
  public CustomerAddress {
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException(
          "an address key must have 1 to 200 characters; its length is " + key.length());
    }
  }

  /** Leaves out the key, which may be personal. */
  @Override
  public String toString() {
    return channel + ":…";
  }
}
