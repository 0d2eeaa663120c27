package dev.relay.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Receives what another system posts to one path; how it proves who it is, is its own matter. Thread-safe.
 *
 * <p>The future may be completed by any thread; where it completes exceptionally, the caller gets status 500.
 */
@FunctionalInterface
public interface WebhookRoute {

  /** Answers one request. Called on a thread that may block for a moment. */
  CompletableFuture<Answer> receive(Request request);

  /**
   * A webhook request as it came.
   *
   * @param url the address as the sender sees it: the public address, path and query unchanged
   * @param pathAndQuery path and query as they stand in the request, not decoded
   * @param headers the values of each header by its name in lower case
   * @param body at most {@value #MAX_BODY} bytes, as UTF-8
   */
  record Request(String url, String pathAndQuery, Map<String, List<String>> headers, String body) {
    /** The longest body, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    /** Without what was sent. */
    @Override
    public String toString() {
      return "Request[" + body.length() + " characters]";
    }
  }

  /**
   * What is answered.
   *
   * @param status the status
   * @param contentType the media type of the body; where it is empty and the status 400 or above, a problem is sent
   * @param body the body
   * @param headers further headers
   */
  record Answer(int status, String contentType, String body, Map<String, String> headers) {
    /** A status and nothing else. */
    public static Answer of(int status) {
      return new Answer(status, "", "", Map.of());
    }

    /** Without the body. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /**
   * Where a webhook is received.
   *
   * @param path the path, for example {@code /webhooks/twilio/flex}
   * @param route who answers
   */
  record Mounted(String path, WebhookRoute route) {
    /** Refuses a path outside of {@code /webhooks/}. */
    public Mounted {
      if (!path.startsWith("/webhooks/")) {
        throw new IllegalArgumentException("a webhook's path begins with /webhooks/, not " + path);
      }
    }
  }
}
