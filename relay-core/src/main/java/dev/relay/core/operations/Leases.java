package dev.relay.core.operations;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What only one of several instances on one store may do at a time, such as holding the connection to a chat service. Thread-safe.
 * A future that completes exceptionally (with a StoreException) means: nobody knows, so do not do it.
 */
public interface Leases {

  /**
   * Takes or renews a lease for this instance; completes with false where another instance holds it. Renew it well before it ends:
   * the instances' clocks may differ by seconds.
   *
   * @param name what is leased, 1 to 60 characters
   * @param length how long it is held unless it is renewed
   */
  CompletableFuture<Boolean> take(String name, Duration length);

  /** Gives a lease back, so that another instance need not wait for its end. Harmless where this instance does not hold it. */
  CompletableFuture<Boolean> giveUp(String name);
}
