package dev.relay.core.operations;

import dev.relay.core.id.LaneKey;
import dev.relay.core.message.Participant;
import java.util.concurrent.CompletableFuture;

/** The service with which operators handle parked lanes. The store records the actor. Thread-safe. */
public interface DeadLetters {

  /** Retries the head of a parked lane at once. Completes with false if the lane is not parked. */
  CompletableFuture<Boolean> retry(LaneKey lane, Participant actor);

  /** Skips the head of a parked lane and continues with the next entry. Completes with false if the lane is not parked. */
  CompletableFuture<Boolean> skip(LaneKey lane, Participant actor);
}
