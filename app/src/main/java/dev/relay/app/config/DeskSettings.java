package dev.relay.app.config;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.http.WebPorts;
import dev.relay.twilio.TwilioAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The choice of agent desks.
 *
 * @param standard the desk of every queue that names no other
 * @param fallback the desk that takes over when a desk refuses a customer or cannot be reached; empty: the customer is notified that nobody is
 *     available
 * @param handoffBackOff the delays between attempts to hand a customer to a desk, before the desk counts as unreachable
 * @param outage how long a desk may fail everybody before the customers who wait for it are passed on
 * @param releaseAbsentAfter how long an agent of Relay's own desk may be offline until their conversations wait again; empty for ever
 */
public record DeskSettings(
    Desk standard,
    Optional<Desk> fallback,
    BackOff handoffBackOff,
    Duration outage,
    Optional<Duration> releaseAbsentAfter) {

  /**
   * A desk at which live agents work. Immutable.
   *
   * @param id the id of the desk in the engine
   */
  public record Desk(PortId id) {
    /** Relay's own desk. */
    public static final Desk RELAY = new Desk(WebPorts.DESK_ID);
    /** Twilio Flex. */
    public static final Desk FLEX = new Desk(TwilioAccount.DESK);
    /** The desks that Relay contains. */
    public static final List<Desk> OWN = List.of(RELAY, FLEX);
    /** The text before the id of a plug-in's desk, so that a misspelt {@code flex} cannot be taken for one. */
    public static final String PLUGIN_PREFIX = "plugin:";

    /** Checks whether a plug-in has to provide the desk. */
    public boolean isOfPlugin() {
      return !OWN.contains(this);
    }

    /** Returns the desk as the operator writes it: {@code relay}, {@code flex} or {@code plugin:ID}. */
    @Override
    public String toString() {
      return isOfPlugin() ? PLUGIN_PREFIX + id : id.value();
    }
  }
}
