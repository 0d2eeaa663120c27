package dev.relay.core.customer;

import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import java.util.List;
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
   * Blocks a customer, and all who are the same, so that their messages are refused, or, if {@code block} is empty, allows them to write
   * again. An open conversation stays open.
   *
   * @param customer the customer
   * @param block the reason, of 1 to {@link #MAX_REASON} characters, and the end
   * @return the customer as they are now; empty if there is no customer with that id
   */
  CompletableFuture<Optional<Customer>> block(CustomerId customer, Optional<Customer.Block> block);

  /**
   * Merges two customers who turned out to be one and the same. Conversations, cases and planned messages of both are found under either;
   * each keeps their addresses, so that conversations continue where they are. Of two blocks the stricter one holds for both. Merging the
   * same two again changes nothing.
   *
   * @param duplicate the customer who is merged
   * @param into the customer who stands for both afterwards
   * @param actor whoever merges them
   * @param reason the reason, of 1 to {@link #MAX_REASON} characters
   */
  CompletableFuture<MergeResult> merge(
      CustomerId duplicate, CustomerId into, Participant actor, String reason);

  /**
   * Undoes the merge of a customer, and of those who were merged into them before. Possible as long as no case has to do with both
   * sides. A block stays on both sides.
   */
  CompletableFuture<MergeResult> separate(CustomerId customer);

  /** The result of a request to merge or separate customers. */
  sealed interface MergeResult {

    /**
     * The customers are merged, or separated.
     *
     * @param customer the customer who stands for both; after a separation, the one who was separated
     * @param changed the customers who changed; none if it was so already
     */
    record Merged(Customer customer, List<Customer> changed) implements MergeResult {
      /** Copies the list, so that the result cannot change. */
      public Merged {
        changed = List.copyOf(changed);
      }
    }

    /**
     * The request is not allowed; nothing was changed.
     *
     * @param field the field that was wrong
     * @param reason what is wrong and what is allowed
     */
    record Refused(String field, String reason) implements MergeResult {}

    /** There is no such customer. */
    record UnknownCustomer(CustomerId customer) implements MergeResult {}
  }
}
