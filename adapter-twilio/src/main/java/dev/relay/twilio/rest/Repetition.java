package dev.relay.twilio.rest;

import com.twilio.exception.TwilioException;
import dev.relay.core.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something again and again while Twilio or the store cannot be asked what is needed for it: after a quarter of a second at
 * first, after half a minute at the longest. Thread-safe.
 */
public final class Repetition {
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Executor executor;
  private final BooleanSupplier isOpen;

  /** With whose threads go on after a pause, and whether anything is to be repeated still. */
  public Repetition(Executor executor, BooleanSupplier isOpen) {
    this.executor = executor;
    this.isOpen = isOpen;
  }

  /** Fails where the work fails for a reason that does not pass, or nothing is to be repeated any more. */
  public <T> CompletableFuture<T> untilAnswered(Supplier<CompletableFuture<T>> work) {
    return untilAnswered(work, FIRST_PAUSE_MILLIS);
  }

  private <T> CompletableFuture<T> untilAnswered(
      Supplier<CompletableFuture<T>> work, long pauseMillis) {
    CompletableFuture<T> done;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      done = CompletableFuture.failedFuture(e);
    }
    return done.exceptionallyCompose(failure -> {
      boolean isPassing = isPassing(failure) || isPassing(failure.getCause());
      if (!isPassing || !isOpen.getAsBoolean()) {
        return CompletableFuture.failedFuture(failure);
      }
      long next = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      return CompletableFuture.runAsync(
              () -> {},
              CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, executor))
          .thenCompose(unused -> untilAnswered(work, next));
    });
  }

  private static boolean isPassing(@Nullable Throwable failure) {
    return failure instanceof StoreException
        || (failure instanceof TwilioException it && TwilioFailure.of(it).concernsAll());
  }
}
