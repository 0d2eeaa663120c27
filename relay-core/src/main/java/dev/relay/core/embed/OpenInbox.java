package dev.relay.core.embed;

import dev.relay.core.delivery.Health;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import java.util.Optional;

/** The inbox of a port between its start and its stop. Thread-safe. */
final class OpenInbox {
  private final PortId port;
  private volatile Optional<Inbox> inbox = Optional.empty();

  OpenInbox(PortId port) {
    this.port = port;
  }

  void open(Inbox newInbox) {
    inbox = Optional.of(newInbox);
  }

  void close() {
    inbox = Optional.empty();
  }

  /**
   * Returns the inbox.
   *
   * @throws IllegalStateException if the port is not started or has been stopped
   */
  Inbox get() {
    return inbox.orElseThrow(() -> new IllegalStateException(
        port + " is not started or has been stopped; call relay.start() first"));
  }

  Health health() {
    return inbox.isPresent() ? Health.up() : Health.down("not started");
  }
}
