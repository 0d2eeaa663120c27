package dev.relay.app.serve;

import dev.relay.core.operations.Leases;
import dev.relay.discord.GatewayLease;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets one of several instances on one store hold Discord's gateway. */
final class SharedGateway implements GatewayLease {
  private static final String NAME = "discord-gateway";
  /** Renewed every five seconds; another instance takes over within half a minute of a crash. */
  private static final Duration LENGTH = Duration.ofSeconds(18);

  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(4);

  private final Supplier<Leases> leases;

  SharedGateway(Supplier<Leases> leases) {
    this.leases = leases;
  }

  @Override
  public boolean hold() {
    try {
      return leases.get().take(NAME, LENGTH).get(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the store did not say who holds the gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void release() {
    var unused = leases.get().giveUp(NAME);
  }
}
