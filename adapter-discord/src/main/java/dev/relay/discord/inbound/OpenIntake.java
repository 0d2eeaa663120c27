package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The intake as long as the channel is not stopped. What it cannot take is handed in again under the same key until it can.
 * Thread-safe; nothing here blocks.
 */
final class OpenIntake {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Intake intake;
  private final ScheduledExecutorService scheduler;
  private final Set<Attempts> waiting = new HashSet<>();
  private boolean closed;

  /** The attempts to hand one event in. */
  private static final class Attempts {
    private final CustomerEvent event;
    private final CompletableFuture<IntakeResult> settled = new CompletableFuture<>();

    Attempts(CustomerEvent event) {
      this.event = event;
    }
  }

  OpenIntake(Intake intake, ScheduledExecutorService scheduler) {
    this.intake = intake;
    this.scheduler = scheduler;
  }

  Intake intake() {
    return intake;
  }

  /** Afterwards nothing more reaches the intake; what waits to be handed in again is cancelled. */
  void close() {
    List<Attempts> dropped;
    synchronized (this) {
      closed = true;
      dropped = List.copyOf(waiting);
      waiting.clear();
    }
    dropped.forEach(it -> it.settled.cancel(false));
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Completes when the event is accepted, known already or refused; cancelled where the channel was stopped before. */
  CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    Attempts attempts = new Attempts(event);
    handIn(attempts, FIRST_WAIT);
    return attempts.settled;
  }

  private void handIn(Attempts attempts, Duration wait) {
    @Nullable CompletableFuture<IntakeResult> answer;
    synchronized (this) {
      waiting.remove(attempts);
      answer = closed ? null : intake.submit(attempts.event);
    }
    if (answer == null) {
      attempts.settled.cancel(false);
      return;
    }
    var unused = answer.whenComplete((result, failure) -> {
      if (result instanceof IntakeResult.Overloaded overloaded) {
        again(attempts, shorter(overloaded.retryAfter(), LONGEST_WAIT), wait);
      } else if (result == null || result instanceof IntakeResult.Unavailable) {
        again(attempts, wait, wait);
      } else {
        attempts.settled.complete(result);
      }
    });
  }

  private void again(Attempts attempts, Duration now, Duration wait) {
    Duration next = shorter(wait.multipliedBy(2), LONGEST_WAIT);
    boolean late;
    synchronized (this) {
      late = closed || !waiting.add(attempts);
    }
    if (late) {
      attempts.settled.cancel(false);
      return;
    }
    try {
      var unused =
          scheduler.schedule(() -> handIn(attempts, next), now.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      attempts.settled.cancel(false);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
