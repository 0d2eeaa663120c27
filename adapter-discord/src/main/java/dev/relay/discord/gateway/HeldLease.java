package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of the gateway. If its store does not answer, the lease counts as held for a short time. Used by one thread. */
final class HeldLease {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
  private static final Duration TRUST = Duration.ofSeconds(15);

  private final Lease lease;
  private final InstantSource clock;
  private Instant heldAt = Instant.MIN;

  HeldLease(Lease lease, InstantSource clock) {
    this.lease = lease;
    this.clock = clock;
  }

  /** The instance that holds the gateway. */
  enum Holder {
    /** This instance. */
    SELF,
    /** Another one. */
    ANOTHER,
    /** Unknown: the store has not answered for too long. */
    UNKNOWN
  }

  /** Takes or renews the lease; may block. */
  Holder renew() {
    try {
      boolean holds = lease.hold();
      heldAt = holds ? clock.instant() : Instant.MIN;
      return holds ? Holder.SELF : Holder.ANOTHER;
    } catch (RuntimeException storeUnavailable) {
      LOG.warn(
          "The store does not say which instance holds Discord's gateway: {}",
          storeUnavailable.toString());
      boolean isTrusted =
          heldAt.isAfter(Instant.MIN) && clock.instant().isBefore(heldAt.plus(TRUST));
      return isTrusted ? Holder.SELF : Holder.UNKNOWN;
    }
  }

  /** Gives the lease back. Thread-safe. */
  void release() {
    try {
      lease.release();
    } catch (RuntimeException storeUnavailable) {
      LOG.info(
          "The lease of Discord's gateway could not be given back and will expire: {}",
          storeUnavailable.toString());
    }
  }
}
