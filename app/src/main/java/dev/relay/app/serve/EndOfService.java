package dev.relay.app.serve;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The end of service and its reason: a stop was requested, or Relay cannot continue. The first reason counts. Thread-safe.
 */
public final class EndOfService {
  private final CompletableFuture<Optional<String>> reason = new CompletableFuture<>();

  /** Requests the end. Returns false if it was already requested, or Relay could no longer continue. */
  public boolean request() {
    return reason.complete(Optional.empty());
  }

  /**
   * Ends the service because Relay cannot continue as it is configured.
   *
   * @param whatToFix what is wrong and what to do about it
   */
  public void fail(String whatToFix) {
    reason.complete(Optional.of(whatToFix));
  }

  /** Waits for the end. Returns what to fix; empty if the end was requested. Ignores interrupts. */
  public Optional<String> await() {
    return reason.join();
  }
}
