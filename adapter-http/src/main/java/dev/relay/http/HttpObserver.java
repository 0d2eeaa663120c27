package dev.relay.http;

/**
 * Receives the events of the HTTP server, for logs and metrics. Called on the server's threads: must be thread-safe, quick, and
 * must not throw. No event carries what people wrote, nor an address.
 */
public interface HttpObserver {
  /** Ignores all events. */
  HttpObserver NONE = new HttpObserver() {};

  /**
   * Reports that a request was answered.
   *
   * @param method GET, POST, …
   * @param route the route's pattern, as in docs/openapi.yaml; {@code (none)} if there is no such route
   * @param status the answer's status; 400 and above are rejections
   * @param tookMillis the milliseconds from the first byte to the last; for an event stream, until it ended
   */
  default void answered(String method, String route, int status, long tookMillis) {}

  /** Reports a failure inside the server; the server continues. */
  default void broken(String where, Throwable cause) {}
}
