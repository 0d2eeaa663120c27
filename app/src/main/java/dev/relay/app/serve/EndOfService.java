package dev.relay.app.serve;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Why Relay ends: somebody asked for it, or it cannot go on. The first reason counts. Thread-safe.
 */
public final class EndOfService {
  private final CompletableFuture<Optional<String>> reason = new CompletableFuture<>();

  /** Somebody asked for the end. False where it was asked for, or had become necessary, before. */
  public boolean wish() {
    return reason.complete(Optional.empty());
  }

  /** Relay cannot go on as it is configured: what is wrong and what to do about it. */
  public void fail(String whatToFix) {
    reason.complete(Optional.of(whatToFix));
  }

  /** Waits for the end; answers what is wrong where something is. Not to be interrupted. */
  public Optional<String> await() {
    return reason.join();
  }
}
