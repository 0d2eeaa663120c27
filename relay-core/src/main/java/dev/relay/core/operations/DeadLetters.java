package dev.relay.core.operations;

import dev.relay.core.id.LaneKey;
import dev.relay.core.message.Participant;
import java.util.concurrent.CompletableFuture;

/** What operators do about parked lanes. Thread-safe. */
public interface DeadLetters {

  /** Tries the head of a parked lane again at once; completes with false where the lane is not parked. */
  CompletableFuture<Boolean> retry(LaneKey lane, Participant actor);

  /** Leaves the head of a parked lane out and goes on with the next; completes with false where the lane is not parked. */
  CompletableFuture<Boolean> skip(LaneKey lane, Participant actor);
}
