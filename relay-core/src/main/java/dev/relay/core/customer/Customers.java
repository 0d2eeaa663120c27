package dev.relay.core.customer;

import dev.relay.core.id.CustomerId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The operations on customers: blocking them and allowing them again. Thread-safe. If a future completes exceptionally (with a
 * StoreException), the change may or may not have happened.
 */
public interface Customers {
  /** The longest reason for a block, in UTF-16 units. */
  int MAX_REASON = 500;

  /**
   * Blocks a customer, so that their messages are refused, or, if {@code block} is empty, allows them to write again. An open
   * conversation stays open.
   *
   * @param customer the customer
   * @param block the reason, of 1 to {@link #MAX_REASON} characters, and the end
   * @return the customer as they are now; empty if there is no customer with that id
   */
  CompletableFuture<Optional<Customer>> block(CustomerId customer, Optional<Customer.Block> block);
}
