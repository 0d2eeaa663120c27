package dev.relay.core;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The default observer of a Relay without one of its own: logs failures to {@link System.Logger} under the name {@code dev.relay}.
 * Thread-safe.
 */
final class LoggingObserver implements RelayObserver {
  private static final Logger LOG = System.getLogger("dev.relay");

  @Override
  public void commitFailed(Throwable cause) {
    LOG.log(Level.WARNING, "a commit failed", cause);
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    LOG.log(Level.DEBUG, "{0} was refused: {1}", eventType, refusal.message());
  }

  @Override
  public void overloaded() {
    LOG.log(Level.WARNING, "too many events are waiting; an event was turned away");
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    LOG.log(Level.WARNING, "delivery through {0} was given up, lane {1}: {2}", port, lane, reason);
  }

  @Override
  public void broken(String where, Throwable cause) {
    LOG.log(Level.ERROR, "broken: " + where, cause);
  }
}
