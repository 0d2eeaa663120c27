package dev.relay.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes answers. Thread-safe. */
final class Answers {
  /** Long enough for a commit that waits for a busy disk; afterwards the client asks again under the same key. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

  private final Json json;
  private final Executor executor;

  /**
   * With the executor on which answers are written that had to wait: Relay's own thread, which completes the futures, must
   * not.
   */
  Answers(Json json, Executor executor) {
    this.json = json;
    this.executor = executor;
  }

  void json(Context ctx, int status, Object value) {
    ctx.status(status).contentType("application/json").result(json.bytes(value));
  }

  void nothing(Context ctx) {
    ctx.status(204);
    ctx.res().setContentType(null);
  }

  void problem(Context ctx, Problem problem) {
    ctx.status(problem.status())
        .contentType("application/problem+json")
        .result(json.bytes(problem.asJson()));
    problem
        .retryAfter()
        .ifPresent(wait -> ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1)));
    if (problem.status() == 401) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
  }

  /** Answers when the future is done, without holding a thread meanwhile. */
  <T> void later(Context ctx, CompletableFuture<T> future, Consumer<T> answer) {
    ctx.future(() -> future
        .copy()
        .orTimeout(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenAcceptAsync(answer, executor));
  }
}
