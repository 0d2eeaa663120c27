package dev.relay.testkit.model;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;

/** The guards of the lane protocol. The store's are called as they are; those of an instance are as in the engine's LaneRunner. */
interface Rules {
  /** The rules with every guard. */
  Rules ALL = new Rules() {};

  /** Claims the lane through the store, which decides whether it is due and whether it is in doubt. */
  default List<Claim> claim(Transaction transaction, PortId port, Instant now, Instant leaseEnd) {
    return transaction.claim(port, now, leaseEnd, "instance", 1);
  }

  /** Settles an attempt through the store, which decides whether the claim still holds. */
  default Settled settle(
      Transaction transaction,
      LaneKey lane,
      long epoch,
      long sequence,
      Settlement settlement,
      Instant now) {
    return transaction.settle(lane, epoch, sequence, settlement, now);
  }

  /** Checks whether an entry in doubt is looked up before it is sent. */
  default boolean looksFirst() {
    return true;
  }

  /** Checks whether an attempt begins only while half the lease is left. */
  default boolean checksLeaseBeforeAttempt() {
    return true;
  }

  /** Checks whether an entry that was looked up is sent only while half the lease is left. */
  default boolean checksLeaseAfterLook() {
    return true;
  }

  /** Checks whether an answer that never came leaves the entry in doubt. */
  default boolean doubtsAfterNoAnswer() {
    return true;
  }

  /** Checks whether an entry is sent before it is settled. */
  default boolean sendsBeforeItSettles() {
    return true;
  }
}
