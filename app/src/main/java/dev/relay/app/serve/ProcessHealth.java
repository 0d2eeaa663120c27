package dev.relay.app.serve;

import dev.relay.core.delivery.Health;

/** The health of the process itself: ready from the end of its start to the beginning of its stop. Thread-safe. */
final class ProcessHealth {
  private static final Health STOPPING = Health.down("Relay is being stopped");

  private volatile Health now = Health.down("Relay is starting");

  /** Turns readiness green, unless a stop has begun. */
  synchronized void started() {
    if (!now.equals(STOPPING)) {
      now = Health.up();
    }
  }

  /** Turns readiness red for good. */
  synchronized void stopping() {
    now = STOPPING;
  }

  Health now() {
    return now;
  }
}
