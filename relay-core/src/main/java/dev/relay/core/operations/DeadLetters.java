package dev.relay.core.operations;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import java.util.concurrent.CompletableFuture;

/** The service with which operators handle parked lanes. The store records the actor. Thread-safe. */
public interface DeadLetters {

  /** Retries the head of a parked lane at once. Completes with false if the lane is not parked. */
  CompletableFuture<Boolean> retry(LaneKey lane, Participant actor);

  /** Skips the head of a parked lane and continues with the next entry. Completes with false if the lane is not parked. */
  CompletableFuture<Boolean> skip(LaneKey lane, Participant actor);

  /**
   * Retries the heads of all parked lanes of a port at once, in batches of a few hundred lanes. A lane that is parked again meanwhile
   * is not retried twice.
   *
   * @param reason a part of the last failure's reason, compared exactly; empty for all parked lanes of the port
   * @return the number of lanes that were retried
   */
  CompletableFuture<Integer> retryAll(PortId port, String reason, Participant actor);

  /** Skips the heads of all parked lanes of a port, as {@link #retryAll} retries them; returns the number of skipped entries. */
  CompletableFuture<Integer> skipAll(PortId port, String reason, Participant actor);
}
