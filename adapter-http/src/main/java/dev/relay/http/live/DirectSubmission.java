package dev.relay.http.live;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.Health;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Submits events of HTTP clients straight to the intake. A client is answered at once and resubmits
 * events itself, so its events wait in no line: if the intake is overloaded or unavailable, the client receives 503. Thread-safe.
 */
final class DirectSubmission {
  private final String notStarted;
  private volatile Optional<Inbox> inbox = Optional.empty();

  /**
   * Creates a submission that is not started.
   *
   * @param port the name of the port, for health
   */
  DirectSubmission(String port) {
    this.notStarted = port + " is not started";
  }

  void start(Inbox newInbox) {
    inbox = Optional.of(newInbox);
  }

  void stop() {
    inbox = Optional.empty();
  }

  Health health() {
    return inbox.isPresent() ? Health.up() : Health.down(notStarted);
  }

  /** Submits the event once; completes with {@link IntakeResult.Unavailable} while the port is not started. */
  CompletableFuture<IntakeResult> submit(Event event) {
    return inbox
        .map(open -> open.intake().submit(event))
        .orElseGet(
            () -> CompletableFuture.completedFuture(new IntakeResult.Unavailable(notStarted)));
  }

  /** Passes on that somebody is typing; nothing happens while the port is not started. */
  void typing(Intake.Typing signal) {
    inbox.ifPresent(open -> open.intake().typing(signal));
  }
}
