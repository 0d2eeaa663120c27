package dev.relay.core.customer;

import dev.relay.core.id.PortId;
import dev.relay.core.text.Cut;
import java.time.Instant;
import java.util.Optional;

/**
 * The place where a customer can be reached, such as a direct-message channel or a web chat session. At most one conversation
 * that is not closed exists per address.
 *
 * @param channel the channel
 * @param key the channel's own name of the place, 1 to 200 characters, opaque to Relay
 */
public record CustomerAddress(PortId channel, String key) {

  /** Makes the key well-formed; refuses an empty or over-long one. */
  public CustomerAddress {
    key = Cut.wellFormed(key);
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

  /** The answer to the question whether a customer can be written to first. */
  public sealed interface Reach {

    /** Returns that the customer can be written to, without a known end. */
    static Reach open() {
      return new Open(Optional.empty());
    }

    /**
     * The customer can be written to.
     *
     * @param until when that ends unless the customer writes again; empty if no end is known
     */
    record Open(Optional<Instant> until) implements Reach {}

    /**
     * The customer cannot be written to.
     *
     * @param code the kind of obstacle, for programs
     * @param reason the obstacle and what would remove it, for live agents, without anybody's words; not blank
     * @param since when it began, if that is known
     */
    record Closed(Code code, String reason, Optional<Instant> since) implements Reach {
      /** Refuses a blank reason: live agents would not learn why they cannot write. */
      public Closed {
        if (reason.isBlank()) {
          throw new IllegalArgumentException("an obstacle needs a reason; this one is blank");
        }
      }
    }

    /** The kinds of obstacles. */
    enum Code {
      /** The medium accepts messages only for some time after the customer wrote, and that time is over. */
      WINDOW_OVER,
      /** The customer does not accept messages: they opted out, blocked the sender, or closed their direct messages. */
      REFUSED,
      /** The place is gone: a deleted channel, an account that no longer exists, a customer who has left. */
      GONE,
      /** The medium allows nobody to write first. */
      UNSUPPORTED
    }
  }
}
