package dev.relay.twilio.studio;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work of each conversation in order, and the work of different ones at the same time. Thread-safe. */
final class Sequences {
  private static final Logger LOG = LoggerFactory.getLogger(Sequences.class);
  /** With a longer backlog Relay cannot keep up: further questions are answered without the flow. */
  private static final int MAX_WAITING = 10_000;

  private final Executor executor;
  private final Map<Object, CompletableFuture<Void>> tails = new HashMap<>();
  private int waiting;

  public Sequences(Executor executor) {
    this.executor = executor;
  }

  /**
   * Does work after all earlier work of the same conversation; empty if too much work is waiting. The future fails if the work does; later work is not affected.
   */
  public synchronized Optional<CompletableFuture<Void>> add(
      Object conversation, Supplier<CompletableFuture<Void>> work) {
    if (waiting >= MAX_WAITING) {
      return Optional.empty();
    }
    CompletableFuture<Void> tail =
        tails.getOrDefault(conversation, CompletableFuture.completedFuture(null));
    CompletableFuture<Void> done;
    try {
      done = tail.thenComposeAsync(unused -> work.get(), executor);
    } catch (RejectedExecutionException stopped) {
      return Optional.empty();
    }
    CompletableFuture<Void> next = done.exceptionally(failure -> {
      if (!(failure.getCause() instanceof RejectedExecutionException)) {
        LOG.warn("conversation {}: an event of Twilio's failed", conversation, failure);
      }
      return null;
    });
    waiting++;
    tails.put(conversation, next);
    var unused = next.whenComplete((ended, failure) -> end(conversation, next));
    return Optional.of(done);
  }

  private synchronized void end(Object conversation, CompletableFuture<Void> done) {
    waiting--;
    tails.remove(conversation, done);
  }
}
