package dev.relay.testkit.model;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The lane protocol with one guard removed, each with the invariants that then fail. */
enum MissingGuard implements Rules {
  /** An attempt is settled under whatever epoch the lane has. */
  EPOCH(Invariant.FENCED_CHANGES_NOTHING) {
    @Override
    public Settled settle(
        Transaction transaction,
        LaneKey lane,
        long epoch,
        long sequence,
        Settlement settlement,
        Instant now) {
      return transaction.settle(
          lane, current(transaction, lane).epoch(), sequence, settlement, now);
    }
  },

  /** Whatever entry is at the head is settled, as long as the epoch is right. */
  PLACE(Invariant.FENCED_CHANGES_NOTHING) {
    @Override
    public Settled settle(
        Transaction transaction,
        LaneKey lane,
        long epoch,
        long sequence,
        Settlement settlement,
        Instant now) {
      return transaction.settle(
          lane, epoch, current(transaction, lane).doneSequence() + 1, settlement, now);
    }
  },

  /** A lane is claimed although the lease of its owner runs. */
  LEASE(Invariant.ONE_OWNER) {
    @Override
    public List<Claim> claim(Transaction transaction, PortId port, Instant now, Instant leaseEnd) {
      return transaction.claim(port, now.plus(Duration.ofHours(1)), leaseEnd, "instance", 1);
    }
  },

  /** A claim ends only if it is settled. */
  END_OF_THE_LEASE(Invariant.LANE_BECOMES_EMPTY) {
    @Override
    public List<Claim> claim(Transaction transaction, PortId port, Instant now, Instant leaseEnd) {
      return super.claim(transaction, port, now, leaseEnd).stream()
          .filter(it -> !it.inDoubt())
          .toList();
    }
  },

  /** A claim that is not in doubt begins with the newest message. */
  HEAD_OF_THE_LANE(Invariant.ORDER) {
    @Override
    public List<Claim> claim(Transaction transaction, PortId port, Instant now, Instant leaseEnd) {
      return super.claim(transaction, port, now, leaseEnd).stream()
          .map(it -> it.inDoubt() ? it : withNewest(it, transaction))
          .toList();
    }
  },

  /** A claim never is in doubt. */
  DOUBT(Invariant.NOTHING_TWICE) {
    @Override
    public List<Claim> claim(Transaction transaction, PortId port, Instant now, Instant leaseEnd) {
      return super.claim(transaction, port, now, leaseEnd).stream()
          .map(it -> new Claim(it.lane(), it.epoch(), it.head(), it.attempts(), false))
          .toList();
    }
  },

  /** An answer that never came counts as a failure. */
  DOUBT_AFTER_NO_ANSWER(Invariant.NOTHING_TWICE) {
    @Override
    public boolean doubtsAfterNoAnswer() {
      return false;
    }
  },

  /** An entry in doubt is sent again at once. */
  LOOK_BEFORE_A_REPEAT(Invariant.NOTHING_TWICE) {
    @Override
    public boolean looksFirst() {
      return false;
    }
  },

  /** An attempt begins however much of its lease has passed. */
  LEASE_BEFORE_AN_ATTEMPT(Invariant.NOTHING_TWICE) {
    @Override
    public boolean checksLeaseBeforeAttempt() {
      return false;
    }
  },

  /** An entry is sent after a look however long that took. */
  LEASE_AFTER_A_LOOK(Invariant.NOTHING_TWICE) {
    @Override
    public boolean checksLeaseAfterLook() {
      return false;
    }
  },

  /** An entry is settled before it is sent. */
  DELIVERY_BEFORE_THE_CURSOR(Invariant.NOTHING_LOST) {
    @Override
    public boolean sendsBeforeItSettles() {
      return false;
    }
  };

  private final Invariant fails;

  MissingGuard(Invariant fails) {
    this.fails = fails;
  }

  /** Returns the invariant that fails without the guard. */
  Invariant fails() {
    return fails;
  }

  private static Claim withNewest(Claim claim, Transaction transaction) {
    TranscriptEntry head = claim.head();
    TranscriptEntry newest = new TranscriptEntry(
        head.id(),
        head.conversation(),
        head.destination(),
        current(transaction, claim.lane()).lastSequence(),
        head.at(),
        head.content(),
        head.sourceId(),
        head.externalId());
    return new Claim(claim.lane(), claim.epoch(), newest, claim.attempts(), claim.inDoubt());
  }

  private static Lane current(Transaction transaction, LaneKey lane) {
    return transaction.lane(lane).orElseThrow();
  }
}
