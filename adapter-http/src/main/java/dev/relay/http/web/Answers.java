package dev.relay.http.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes answers. Thread-safe. */
public final class Answers {
  /** Long enough for a commit that waits for a busy disk; afterwards the client asks again under the same key. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

  private final Json json;
  private final Executor executor;

  /**
   * With the executor on which answers are written that had to wait: Relay's own thread, which completes the futures, must
   * not.
   */
  public Answers(Json json, Executor executor) {
    this.json = json;
    this.executor = executor;
  }

  public void json(Context ctx, int status, Object value) {
    type(ctx.status(status), "application/json").result(json.bytes(value));
  }

  /** Sets the media type as it is given: the server would add the character set of the one before. */
  public static Context type(Context ctx, String mediaType) {
    ctx.res().setCharacterEncoding((String) null);
    return ctx.contentType(mediaType);
  }

  public void nothing(Context ctx) {
    ctx.status(204);
    ctx.res().setContentType(null);
  }

  public void problem(Context ctx, Problem problem) {
    type(ctx.status(problem.status()), "application/problem+json")
        .result(json.bytes(problem.asJson()));
    problem
        .retryAfter()
        .ifPresent(wait -> ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1)));
    if (problem.status() == 401) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
  }

  /** Answers when the future is done, without holding a thread meanwhile. */
  public <T> void later(Context ctx, CompletableFuture<T> future, Consumer<T> answer) {
    ctx.future(() -> future
        .copy()
        .orTimeout(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenAcceptAsync(answer, executor));
  }
}
