package dev.relay.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Receives the requests that another system posts to one path. The route itself verifies who sent a request. Must be
 * thread-safe.
 *
 * <p>Any thread may complete the future. If it completes exceptionally, the caller receives status 500.
 */
@FunctionalInterface
public interface WebhookRoute {

  /** Handles one request. Called on a thread that may block for a moment. */
  CompletableFuture<Answer> receive(Request request);

  /**
   * A webhook request, unchanged.
   *
   * @param url the address as the sender sees it: public address, path and query
   * @param pathAndQuery path and query of the request, not decoded
   * @param headers the values of each header by its name in lower case
   * @param body at most {@value #MAX_BODY} bytes, as UTF-8
   */
  record Request(String url, String pathAndQuery, Map<String, List<String>> headers, String body) {
    /** The longest body, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    /** Returns a text without the request's content. */
    @Override
    public String toString() {
      return "Request[" + body.length() + " characters]";
    }
  }

  /**
   * The answer to a webhook request.
   *
   * @param status the HTTP status
   * @param contentType the media type of the body; if it is empty and the status is 400 or above, a problem document is sent
   * @param body the body
   * @param headers further headers
   */
  record Answer(int status, String contentType, String body, Map<String, String> headers) {
    /** Returns an answer without a body. */
    public static Answer of(int status) {
      return new Answer(status, "", "", Map.of());
    }

    /** Returns a text without the body. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /**
   * A route at its path.
   *
   * @param path the path, for example {@code /webhooks/twilio/flex}
   * @param route handles the requests
   */
  record Mounted(String path, WebhookRoute route) {
    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if the path is outside {@code /webhooks/}
     */
    public Mounted {
      if (!path.startsWith("/webhooks/")) {
        throw new IllegalArgumentException(
            "a webhook's path must begin with /webhooks/, not " + path);
      }
    }
  }
}
