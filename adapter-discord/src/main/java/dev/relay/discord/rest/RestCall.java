package dev.relay.discord.rest;

import dev.relay.discord.rest.RestFailure.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.apache.commons.collections4.map.CaseInsensitiveMap;
import org.jspecify.annotations.Nullable;

/**
 * One request through JDA's queue, which keeps Discord's rate limits. JDA's own actions need a cached channel, but Relay writes to
 * channels of which it has only the id; therefore the request is built here and only sent by JDA.
 */
final class RestCall<T> implements RetryAfterInterceptor.Waiting {
  /** The time for which a request may wait in JDA's queue. */
  private static final Duration LONGEST_QUEUEING = Duration.ofSeconds(10);
  /** Longer than queueing and JDA's own three retries after 5xx together. */
  private static final Duration USUAL_WAIT = Duration.ofSeconds(25);
  /** For requests with files: 25 MiB at a slow 3.5 Mbit/s. */
  private static final Duration WAIT_WITH_FILES = Duration.ofMinutes(1);

  private static final int UNAUTHORIZED = 401;
  private static final int FIRST_SERVER_ERROR = 500;

  private final JDA jda;
  private final Route.CompiledRoute route;
  private final @Nullable SentBody body;
  private final ResponseParser<T> parser;
  private volatile @Nullable Duration retryAfter;
  private volatile boolean everybodyWaits;

  RestCall(JDA jda, Route.CompiledRoute route, @Nullable SentBody body, ResponseParser<T> parser) {
    this.jda = jda;
    this.route = route;
    this.body = body;
    this.parser = parser;
  }

  @Override
  public void retryAfter(Duration wait, boolean everybody) {
    everybodyWaits = everybody;
    retryAfter = wait;
  }

  /** Sends the request and waits for the answer. Blocks for at most 25 seconds, with files 60, and never beyond the deadline. */
  T make(Deadline deadline) throws RestFailure {
    if (deadline.isOver()) {
      throw failure(Kind.NOT_SENT, "no time is left for another request");
    }
    CompletableFuture<T> answer = begin(deadline);
    try {
      Duration longest = body != null && body.hasFiles() ? WAIT_WITH_FILES : USUAL_WAIT;
      return answer.get(deadline.atMost(longest).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CompletionException failed) {
      throw read(failed.getCause() == null ? failed : failed.getCause());
    } catch (CancellationException | TimeoutException late) {
      answer.cancel(true);
      throw read(late);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw read(interrupted);
    }
  }

  /**
   * Sends the request without waiting.
   *
   * @param failed receives the failure; must not block
   */
  void send(Consumer<RestFailure> failed) throws RestFailure {
    send(Deadline.none(), failed);
  }

  /**
   * Sends the request without waiting, or drops it if it cannot be sent before the deadline.
   *
   * @param failed receives the failure; must not block
   */
  void send(Deadline deadline, Consumer<RestFailure> failed) throws RestFailure {
    var unused = begin(deadline).whenComplete((answer, failure) -> {
      if (failure != null) {
        Throwable cause = failure.getCause();
        failed.accept(
            read(failure instanceof CompletionException && cause != null ? cause : failure));
      }
    });
  }

  private CompletableFuture<T> begin(Deadline deadline) throws RestFailure {
    Optional<RetryAfterInterceptor> interceptor = RetryAfterInterceptor.of(jda);
    Optional<String> name = interceptor.map(it -> it.watch(this));
    RestAction<T> action = new Named<>(jda, route, body, parser, name)
        .deadline(System.currentTimeMillis() + deadline.atMost(LONGEST_QUEUEING).toMillis())
        .setCheck(() -> retryAfter == null && (body == null || body.isWorthSending()));
    CompletableFuture<T> answer;
    try {
      answer = action.submit();
    } catch (RejectedExecutionException stopped) {
      answer = CompletableFuture.failedFuture(stopped);
    }
    return answer.whenComplete(
        (it, failure) -> interceptor.ifPresent(all -> name.ifPresent(all::forget)));
  }

  /** A request that carries its name in a header. */
  private static final class Named<T> extends RestActionImpl<T> {
    private final Optional<String> name;

    Named(
        JDA jda,
        Route.CompiledRoute route,
        @Nullable SentBody body,
        ResponseParser<T> parser,
        Optional<String> name) {
      super(jda, route, body, (response, request) -> parser.parse(response));
      this.name = name;
    }

    @Override
    protected CaseInsensitiveMap<String, String> finalizeHeaders() {
      CaseInsensitiveMap<String, String> headers = new CaseInsensitiveMap<>();
      name.ifPresent(it -> headers.put(RetryAfterInterceptor.HEADER, it));
      return headers;
    }
  }

  private RestFailure read(Throwable failure) {
    Duration asked = retryAfter;
    if (asked != null) {
      return RestFailure.rateLimited(asked, everybodyWaits);
    }
    if (failure instanceof RejectedExecutionException) {
      return failure(Kind.NOT_SENT, "the connection to Discord is closed");
    }
    if (failure instanceof RateLimitedException limited) {
      return RestFailure.rateLimited(Duration.ofMillis(limited.getRetryAfter()), false);
    }
    if (failure instanceof ErrorResponseException refused) {
      return read(refused);
    }
    String what = failure.getClass().getSimpleName();
    return mayHaveArrived()
        ? failure(Kind.IN_DOUBT, "no answer from Discord: " + what)
        : failure(Kind.NOT_SENT, "not sent to Discord: " + what);
  }

  private RestFailure read(ErrorResponseException refused) {
    Response response = refused.getResponse();
    Exception broken = response.getException();
    if (broken != null) {
      boolean notSent = !mayHaveArrived()
          || (body == null
              && (broken instanceof ConnectException
                  || broken instanceof UnknownHostException
                  || broken instanceof NoRouteToHostException));
      return failure(
          notSent ? Kind.NOT_SENT : Kind.IN_DOUBT,
          "the connection to Discord failed: " + broken.getClass().getSimpleName());
    }
    int status = response.code;
    if (status == UNAUTHORIZED) {
      return failure(Kind.BAD_TOKEN, "Discord does not accept the bot's token (401)");
    }
    if (status >= FIRST_SERVER_ERROR || status < 300) {
      return failure(Kind.IN_DOUBT, "Discord failed (" + status + ")");
    }
    // JDA reports the HTTP status as the code of an answer that is not JSON.
    boolean hasCode = refused.getErrorCode() != status;
    int code = hasCode ? refused.getErrorCode() : 0;
    RefusalScope scope = RefusalScope.of(status, code, hasCode);
    return RestFailure.refused(scope, code, words(scope, status, code, hasCode, refused));
  }

  private static String words(
      RefusalScope scope, int status, int code, boolean hasCode, ErrorResponseException refused) {
    if (scope == RefusalScope.EVERYBODY) {
      return "Discord refuses all requests from here (" + status + (hasCode ? ", code " + code : "")
          + "): the bot or this address is blocked";
    }
    if (!hasCode) {
      return "a server that is not Discord's answered " + status;
    }
    // JDA does not know every code.
    String name = refused.getErrorResponse() == ErrorResponse.SERVER_ERROR
        ? ""
        : " " + refused.getErrorResponse().name();
    return "Discord refused it (" + status + ", code " + code + name + ")";
  }

  private boolean mayHaveArrived() {
    return body == null || body.mayHaveArrived();
  }

  private static RestFailure failure(Kind kind, String message) {
    return new RestFailure(kind, message);
  }
}
