package dev.relay.discord.gateway;

import dev.relay.core.delivery.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How the connection to Discord is. A short interruption, which Discord asks for several times a day, is none. Thread-safe. */
public final class Standing {
  private static final Duration SHORT = Duration.ofSeconds(15);

  private final InstantSource clock;
  private Health health = Health.down("not started");
  private Instant interruptedAt = Instant.MAX;

  /** Not started. */
  public Standing(InstantSource clock) {
    this.clock = clock;
  }

  /** How it is now. */
  public synchronized Health health() {
    boolean isLong =
        interruptedAt.isBefore(Instant.MAX) && clock.instant().isAfter(interruptedAt.plus(SHORT));
    return isLong
        ? Health.down("the connection to Discord broke and is being built up again")
        : health;
  }

  /** All is well. */
  synchronized void up() {
    health = Health.up();
    interruptedAt = Instant.MAX;
  }

  /** Another instance holds the gateway; this one only sends. */
  synchronized void standsBy() {
    health =
        new Health(true, "another instance holds Discord's gateway; this one sends and stands by");
    interruptedAt = Instant.MAX;
  }

  /** It does not work, for that reason. */
  public synchronized void down(String reason) {
    health = Health.down(reason);
    interruptedAt = Instant.MAX;
  }

  /** The connection broke; JDA builds it up again. */
  synchronized void interrupted() {
    if (interruptedAt.equals(Instant.MAX)) {
      interruptedAt = clock.instant();
    }
  }
}
