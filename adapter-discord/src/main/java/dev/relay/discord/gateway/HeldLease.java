package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of the gateway, believed in for a short while where its store does not answer. Used by one thread. */
final class HeldLease {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
  private static final Duration TRUST = Duration.ofSeconds(15);

  private final BooleanSupplier hold;
  private final Runnable letGo;
  private final InstantSource clock;
  private Instant heldAt = Instant.MIN;

  HeldLease(BooleanSupplier hold, Runnable letGo, InstantSource clock) {
    this.hold = hold;
    this.letGo = letGo;
    this.clock = clock;
  }

  /** Who holds the gateway. */
  enum Holder {
    /** This instance. */
    SELF,
    /** Another one. */
    ANOTHER,
    /** Nobody can say: the store has not answered for too long. */
    UNKNOWN
  }

  /** Takes or renews it; may block. */
  Holder renew() {
    try {
      boolean holds = hold.getAsBoolean();
      heldAt = holds ? clock.instant() : Instant.MIN;
      return holds ? Holder.SELF : Holder.ANOTHER;
    } catch (RuntimeException storeIsAway) {
      LOG.warn("Nobody can say who holds Discord's gateway: {}", storeIsAway.toString());
      boolean isTrusted =
          heldAt.isAfter(Instant.MIN) && clock.instant().isBefore(heldAt.plus(TRUST));
      return isTrusted ? Holder.SELF : Holder.UNKNOWN;
    }
  }

  /** Gives it back; safe from any thread. */
  void release() {
    try {
      letGo.run();
    } catch (RuntimeException storeIsAway) {
      LOG.info("The lease of Discord's gateway ends by itself: {}", storeIsAway.toString());
    }
  }
}
