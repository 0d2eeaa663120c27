package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.engine.Intake;
import dev.relay.core.engine.IntakeResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The intake as long as the channel is not stopped. What it cannot take is handed in again under the same key until it can.
 * Thread-safe; nothing here blocks.
 */
final class OpenIntake {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Intake intake;
  private final ScheduledExecutorService scheduler;
  private boolean closed;

  OpenIntake(Intake intake, ScheduledExecutorService scheduler) {
    this.intake = intake;
    this.scheduler = scheduler;
  }

  Intake intake() {
    return intake;
  }

  /** Afterwards nothing more reaches the intake. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Completes when the event is accepted, known already or refused; cancelled where the channel was stopped before. */
  CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    CompletableFuture<IntakeResult> settled = new CompletableFuture<>();
    handIn(event, FIRST_WAIT, settled);
    return settled;
  }

  private void handIn(CustomerEvent event, Duration wait, CompletableFuture<IntakeResult> settled) {
    CompletableFuture<IntakeResult> answer;
    synchronized (this) {
      if (closed) {
        settled.cancel(false);
        return;
      }
      answer = intake.submit(event);
    }
    var unused = answer.whenComplete((result, failure) -> {
      if (result instanceof IntakeResult.Overloaded overloaded) {
        again(event, shorter(overloaded.retryAfter(), LONGEST_WAIT), wait, settled);
      } else if (result == null || result instanceof IntakeResult.Unavailable) {
        again(event, wait, wait, settled);
      } else {
        settled.complete(result);
      }
    });
  }

  private void again(
      CustomerEvent event, Duration now, Duration wait, CompletableFuture<IntakeResult> settled) {
    Duration next = shorter(wait.multipliedBy(2), LONGEST_WAIT);
    try {
      var unused = scheduler.schedule(
          () -> handIn(event, next, settled), now.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      settled.cancel(false);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
