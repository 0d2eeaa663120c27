package dev.relay.core.operations;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The leases for tasks that only one of several instances on one store may do at a time, such as holding the connection to a chat
 * service. Thread-safe. If a future completes exceptionally (with a StoreException), it is unknown who holds the lease: do not do the
 * task.
 */
public interface Leases {

  /**
   * Takes or renews a lease for this instance; completes with false if another instance holds it. Renew it well before it ends:
   * the instances' clocks may differ by seconds.
   *
   * @param name the task, 1 to 60 characters
   * @param length the time after which the lease ends unless it is renewed; positive
   */
  CompletableFuture<Boolean> take(String name, Duration length);

  /** Gives a lease back, so that another instance need not wait for its end. Harmless if this instance does not hold it. */
  CompletableFuture<Boolean> giveUp(String name);
}
