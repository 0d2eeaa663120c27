package dev.relay.discord.interaction;

import dev.relay.core.Relay;
import dev.relay.core.cases.Cases;
import dev.relay.core.customer.Customers;
import dev.relay.core.operations.Announcements;
import dev.relay.core.store.Store;

/**
 * The services of a Relay that commands use.
 *
 * @param cases opens and changes cases
 * @param announcements publishes announcements
 * @param customers blocks and unblocks customers
 * @param store answers queries
 */
public record RelayServices(
    Cases cases, Announcements announcements, Customers customers, Store store) {

  /** Returns the services of a Relay. */
  public static RelayServices of(Relay relay) {
    return new RelayServices(
        relay.cases(), relay.announcements(), relay.customers(), relay.store());
  }
}
