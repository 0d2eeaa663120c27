package dev.relay.twilio.port;

import dev.relay.core.conversation.Event;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Hands events in, again and again under the same key until the intake has taken or refused them. Thread-safe. */
final class Submissions {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ScheduledExecutorService timer;
  private final Executor executor;
  private volatile Optional<Intake> intake = Optional.empty();

  /** With the timer for later attempts, and whose threads go on once something is decided: Relay's own must not be held up. */
  public Submissions(ScheduledExecutorService timer, Executor executor) {
    this.timer = timer;
    this.executor = executor;
  }

  public void open(Intake newIntake) {
    intake = Optional.of(newIntake);
  }

  /** Nothing is handed in any more. */
  public void close() {
    intake = Optional.empty();
  }

  public Optional<Intake> intake() {
    return intake;
  }

  /** Completes with what was decided, or {@link IntakeResult.Unavailable} once this is closed. */
  public CompletableFuture<IntakeResult> submit(Event event) {
    CompletableFuture<IntakeResult> decided = new CompletableFuture<>();
    attempt(event, decided);
    return decided;
  }

  private void attempt(Event event, CompletableFuture<IntakeResult> decided) {
    Optional<Intake> open = intake;
    if (open.isEmpty()) {
      decided.complete(new IntakeResult.Unavailable("Relay hears Twilio no more"));
      return;
    }
    var unused = open.get().submit(event).thenAccept(result -> {
      if (result instanceof IntakeResult.Overloaded overloaded) {
        again(event, decided, overloaded.retryAfter());
      } else if (result instanceof IntakeResult.Unavailable) {
        again(event, decided, PAUSE);
      } else {
        complete(decided, result);
      }
    });
  }

  private void complete(CompletableFuture<IntakeResult> decided, IntakeResult result) {
    try {
      executor.execute(() -> decided.complete(result));
    } catch (RejectedExecutionException stopped) {
      // It is stored; nothing follows any more.
    }
  }

  private void again(Event event, CompletableFuture<IntakeResult> decided, Duration pause) {
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    var unused = timer.schedule(
        () -> attempt(event, decided), Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
  }
}
