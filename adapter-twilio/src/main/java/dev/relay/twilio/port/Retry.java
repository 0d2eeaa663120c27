package dev.relay.twilio.port;

import com.twilio.exception.TwilioException;
import dev.relay.core.store.StoreException;
import dev.relay.twilio.rest.TwilioFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Retries work while Twilio or the store is unavailable. The pause is 250 ms at first and doubles up to 30 s. Thread-safe.
 */
final class Retry {
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Executor executor;
  private final TwilioPort port;

  /** Creates retries that run on that executor as long as the port is open. */
  Retry(Executor executor, TwilioPort port) {
    this.executor = executor;
    this.port = port;
  }

  /** Completes as the work does; fails if its failure is permanent or the port is stopped. */
  <T> CompletableFuture<T> untilAnswered(Supplier<CompletableFuture<T>> work) {
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
      if (!isPassing || !port.isOpen()) {
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
        || (failure instanceof TwilioException it && isPassing(TwilioFailure.of(it)));
  }

  private static boolean isPassing(TwilioFailure failure) {
    return failure.isPassing() || failure.concernsAll();
  }
}
