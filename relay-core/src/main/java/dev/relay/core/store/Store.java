package dev.relay.core.store;

import dev.relay.core.access.AccessTokens;
import dev.relay.core.access.AgentAccounts;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import java.util.function.Function;

/**
 * Whatever keeps Relay's state. Thread-safe. Rules: docs/store-contract.md, checked by the test kit's StoreContract.
 */
public interface Store extends AutoCloseable {

  /**
   * Runs the work in one transaction: when this returns, all of it survives a crash (1.1); when it throws, none of it is seen
   * (1.2), save that a {@link StoreException} from the commit itself leaves that open. Writes happen one after the other, as
   * if there were no others (1.3). The work may be run again after a conflict, so it must have no other effects. May block.
   */
  <T> T write(Function<Transaction, T> work);

  /** Runs queries on one consistent state, without holding up writes (1.4). Must be short. May block. */
  <T> T read(Function<Queries, T> query);

  /** The contents of attachments. */
  Attachments attachments();

  /** The accounts of Relay's own desk. */
  AgentAccounts accounts();

  /** The tokens by which people and programs are known. */
  AccessTokens tokens();

  /** How it is. May do a small query. */
  Health health();

  /** Ends all work in order; harmless if repeated. */
  @Override
  void close();
}
