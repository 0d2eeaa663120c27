package dev.relay.app.serve;

import dev.relay.core.delivery.Health;

/** The health of the process itself: ready from the end of its start to the beginning of its stop. Thread-safe. */
final class ProcessHealth {
  private static final Health STOPPING = Health.down("Relay is being stopped");

  private volatile Health now = Health.down("Relay is starting");

  /** Reports ready from now on, unless a stop has begun. */
  synchronized void started() {
    if (!now.equals(STOPPING)) {
      now = Health.up();
    }
  }

  /** Reports not ready from now on, permanently. */
  synchronized void stopping() {
    now = STOPPING;
  }

  Health now() {
    return now;
  }
}
