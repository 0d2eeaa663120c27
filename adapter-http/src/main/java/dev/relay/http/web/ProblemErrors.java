package dev.relay.http.web;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests that the server refuses before they reach a route, in the same form as all other errors. */
public final class ProblemErrors extends ErrorHandler {
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final String MEDIA_TYPE = "application/problem+json";

  private final Json json;
  private final Map<String, String> headers;
  private final RefusalListener refusals;

  /** Receives requests that were refused before they reached a route. Must be thread-safe and quick. */
  @FunctionalInterface
  public interface RefusalListener {
    /** Reports a refusal with that status. */
    void refused(String method, int status);
  }

  /**
   * Creates the answers.
   *
   * @param headers further headers of every answer
   */
  public ProblemErrors(Json json, Map<String, String> headers, RefusalListener refusals) {
    this.json = json;
    this.headers = Map.copyOf(headers);
    this.refusals = refusals;
    setShowStacks(false);
    setShowCauses(false);
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    refusals.refused(request.getMethod(), code);
    secure(response.getHeaders());
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MEDIA_TYPE);
    if (code == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response.write(true, ByteBuffer.wrap(body(code)), callback);
  }

  private byte[] body(int status) {
    return json.bytes(Problem.of(status, "http", detail(status)).asJson());
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "no such address";
      case 408 -> "the request took too long";
      case 414, 431 -> "the address or the headers are too long";
      case 413 -> "the body is too large";
      case 503 -> "the server is stopping or overloaded; send the same request again later";
      default -> status < 500 ? "malformed request" : "internal error";
    };
  }

  static void secure(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
}
