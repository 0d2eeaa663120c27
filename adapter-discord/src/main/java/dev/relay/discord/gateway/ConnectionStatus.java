package dev.relay.discord.gateway;

import dev.relay.core.delivery.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The status of the connection to Discord. Short interruptions, which Discord requests several times a day, do not count. Thread-safe. */
public final class ConnectionStatus {
  private static final Duration SHORT = Duration.ofSeconds(15);

  private final InstantSource clock;
  private Health health = Health.down("not started");
  private Instant interruptedAt = Instant.MAX;

  /** Creates the status of a connection that is not started. */
  public ConnectionStatus(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the current health. */
  public synchronized Health health() {
    boolean isLong =
        interruptedAt.isBefore(Instant.MAX) && clock.instant().isAfter(interruptedAt.plus(SHORT));
    return isLong ? Health.down("the connection to Discord was interrupted; reconnecting") : health;
  }

  /** Records that the connection works. */
  synchronized void up() {
    health = Health.up();
    interruptedAt = Instant.MAX;
  }

  /** Records that another instance holds the gateway and this one only sends. */
  synchronized void standBy() {
    health = new Health(
        true, "standing by: another instance holds Discord's gateway; this one only sends");
    interruptedAt = Instant.MAX;
  }

  /** Records that the connection does not work. */
  public synchronized void down(String reason) {
    health = Health.down(reason);
    interruptedAt = Instant.MAX;
  }

  /** Records an interruption; JDA reconnects. */
  synchronized void interrupted() {
    if (interruptedAt.equals(Instant.MAX)) {
      interruptedAt = clock.instant();
    }
  }
}
