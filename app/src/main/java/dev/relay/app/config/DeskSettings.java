package dev.relay.app.config;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.http.WebPorts;
import dev.relay.twilio.TwilioAccount;
import java.util.Optional;

/**
 * The choice of agent desks.
 *
 * @param standard the desk of every queue that names no other
 * @param fallback the desk that takes over when a desk refuses a customer or cannot be reached; empty: the customer is told that nobody is
 *     available
 * @param handoffBackOff the delays between attempts to hand a customer to a desk, before the desk counts as unreachable
 */
public record DeskSettings(Desk standard, Optional<Desk> fallback, BackOff handoffBackOff) {

  /** A place where agents work. */
  public enum Desk {
    /** Relay's own desk. */
    RELAY,
    /** Twilio Flex. */
    FLEX;

    /** Returns the id of the desk in the engine. */
    public PortId id() {
      return this == FLEX ? TwilioAccount.DESK : WebPorts.DESK_ID;
    }
  }
}
