package dev.relay.app.config;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.http.live.WebDesk;
import dev.relay.twilio.flex.FlexDesk;
import java.util.Optional;

/**
 * Which desk serves whom.
 *
 * @param standard serves every queue that names no other
 * @param fallback takes over where a desk refuses or cannot be reached; empty: the customer is told that nobody is there
 * @param handoffBackOff the waits between attempts to bring a customer to a desk, before it counts as not reached
 */
public record DeskSettings(Desk standard, Optional<Desk> fallback, BackOff handoffBackOff) {

  /** A place where agents work. */
  public enum Desk {
    /** Relay's own. */
    RELAY,
    /** Twilio Flex. */
    FLEX;

    /** Its id in the engine. */
    public PortId id() {
      return this == FLEX ? FlexDesk.ID : WebDesk.ID;
    }
  }

  /** What is chosen as the fallback. */
  enum Fallback {
    /** Relay's own desk. */
    RELAY,
    /** Twilio Flex. */
    FLEX,
    /** None. */
    NONE;

    Optional<Desk> desk() {
      return this == NONE ? Optional.empty() : Optional.of(Desk.valueOf(name()));
    }
  }
}
