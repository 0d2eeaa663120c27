package dev.relay.core.customer;

import dev.relay.core.id.CustomerId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who may write. Thread-safe. A future that completes exceptionally (with a StoreException) means: perhaps done. */
public interface Customers {
  /** The longest reason for a block, in UTF-16 units. */
  int MAX_REASON = 500;

  /**
   * Blocks a customer, so that what they write is refused, or (empty) allows them again. A conversation that is open stays as it is.
   *
   * @param customer whom
   * @param block why, in 1 to {@link #MAX_REASON} characters, and until when
   * @return the customer as they are now; empty where there is none of that id
   */
  CompletableFuture<Optional<Customer>> block(CustomerId customer, Optional<Customer.Block> block);
}
