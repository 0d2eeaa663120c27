package dev.relay.discord.commands;

import dev.relay.core.Relay;
import dev.relay.core.cases.Cases;
import dev.relay.core.customer.Customers;
import dev.relay.core.operations.Announcements;
import dev.relay.core.store.Store;

/**
 * What the commands need of a Relay.
 *
 * @param cases opens and changes cases
 * @param announcements publishes
 * @param customers blocks
 * @param store for queries
 */
public record RelayServices(
    Cases cases, Announcements announcements, Customers customers, Store store) {

  /** All of that from a Relay. */
  public static RelayServices of(Relay relay) {
    return new RelayServices(
        relay.cases(), relay.announcements(), relay.customers(), relay.store());
  }
}
