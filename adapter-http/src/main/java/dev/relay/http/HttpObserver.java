package dev.relay.http;

/**
 * Told what happens at the HTTP server: for logs and metrics. Called from the server's threads: must be thread-safe, quick, and
 * must not throw. No call carries what people wrote, nor an address.
 */
public interface HttpObserver {
  /** Tells nobody. */
  HttpObserver NONE = new HttpObserver() {};

  /**
   * A request was answered.
   *
   * @param method GET, POST, …
   * @param route the route's pattern, as in docs/openapi.yaml; {@code (none)} where there is no such route
   * @param status the answer's status; 400 and above are rejections
   * @param tookMillis from the first byte to the last, for an event stream until it ended
   */
  default void answered(String method, String route, int status, long tookMillis) {}

  /** Something inside the server broke a promise; the work goes on. */
  default void broken(String where, Throwable cause) {}
}
