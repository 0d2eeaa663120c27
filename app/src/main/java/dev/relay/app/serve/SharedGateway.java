package dev.relay.app.serve;

import dev.relay.core.operations.Leases;
import dev.relay.discord.GatewayLease;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A lease that lets one of several instances on one store hold Discord's gateway. Thread-safe. */
final class SharedGateway implements GatewayLease {
  private static final String NAME = "discord-gateway";
  /** Renewed every five seconds; another instance takes over within half a minute after a crash. */
  private static final Duration LENGTH = Duration.ofSeconds(18);

  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(4);

  private volatile @Nullable Leases leases;

  /** Sets the leases to use, once the Relay is built. */
  void serve(Leases newLeases) {
    leases = newLeases;
  }

  @Override
  public boolean hold() {
    try {
      return leases().take(NAME, LENGTH).get(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the store did not say which instance holds Discord's gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void release() {
    var unused = leases().giveUp(NAME);
  }

  private Leases leases() {
    Leases present = leases;
    if (present == null) {
      throw new IllegalStateException("the bot was started before its Relay");
    }
    return present;
  }
}
