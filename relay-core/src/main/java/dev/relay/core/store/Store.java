package dev.relay.core.store;

import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import java.util.function.Function;

/**
 * The port to the storage of Relay's state. Thread-safe. The rules are in docs/store-contract.md; the test kit's StoreContract
 * checks them.
 */
public interface Store extends AutoCloseable {

  /**
   * Runs the work in one transaction. When this method returns, all of the work survives a crash (S1.1). When it throws, none of
   * it is visible (S1.2), except that after a {@link StoreException} from the commit itself either may be true. Writes happen
   * one after the other, as if there were no others (S1.3). The work may be run again after a conflict, so it must have no other
   * effects. May block.
   */
  <T> T write(Function<Transaction, T> work);

  /** Runs queries on one consistent state, without blocking writes (S1.4). Must be short. May block. */
  <T> T read(Function<Queries, T> query);

  /**
   * Runs queries that search, which may take much longer than a look-up, as {@link #read} does. A store gives them places of their own and
   * a time limit, so that searches cannot hold up anything else. May block.
   *
   * @throws StoreException if the search takes too long
   */
  default <T> T search(Function<Queries, T> query) {
    return read(query);
  }

  /** Returns the store of attachments' contents. */
  Attachments attachments();

  /** Reports the store's health. May run a small query. */
  Health health();

  /** Finishes all work in order and closes the store. Closing again has no effect. */
  @Override
  void close();
}
