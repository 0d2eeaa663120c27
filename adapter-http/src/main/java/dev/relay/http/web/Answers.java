package dev.relay.http.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes answers. Thread-safe. */
public final class Answers {
  /** Long enough for a commit on a busy disk; after that the client repeats the request with the same key. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

  private final Json json;
  private final Executor executor;
  private final Executor files;

  /**
   * Creates a writer.
   *
   * @param executor writes answers that had to wait for a future; the engine's own thread, which completes the futures, must
   *     not
   * @param files reads and stores files, which may take long in total
   */
  public Answers(Json json, Executor executor, Executor files) {
    this.json = json;
    this.executor = executor;
    this.files = files;
  }

  /** Returns the threads that read and store files; answers do not wait behind them. */
  public Executor files() {
    return files;
  }

  public void json(Context ctx, int status, Object value) {
    type(ctx.status(status), "application/json").result(json.bytes(value));
  }

  /** Sets exactly that media type; otherwise the server would add the character set of the previous one. */
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

  /** Answers when the future is complete, without occupying a thread meanwhile. */
  public <T> void later(Context ctx, CompletableFuture<T> future, Consumer<T> answer) {
    ctx.future(() -> future
        .copy()
        .orTimeout(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenAcceptAsync(answer, executor));
  }
}
