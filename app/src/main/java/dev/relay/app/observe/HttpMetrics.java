package dev.relay.app.observe;

import dev.relay.http.HttpObserver;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the responses of the HTTP server by route and status, and logs those of 500 and above. Thread-safe. */
public final class HttpMetrics implements HttpObserver {
  /** Polled every few seconds. {@link HealthLog} already logs each failure once, so its 503 responses are not logged. */
  private static final String READINESS = "/readyz";

  private final MeterRegistry registry;
  private final Logger log;

  /** Counts into a registry and writes to the log of the process. */
  public HttpMetrics(MeterRegistry registry) {
    this(registry, LoggerFactory.getLogger(HttpMetrics.class));
  }

  /** Counts into a registry and writes to a logger. */
  HttpMetrics(MeterRegistry registry, Logger log) {
    this.registry = registry;
    this.log = log;
  }

  @Override
  public void answered(String method, String route, int status, long tookMillis) {
    registry
        .counter("relay.http.requests", "method", method, "route", route, "status", "" + status)
        .increment();
    if (status >= 500 && !route.equals(READINESS)) {
      log.warn("answered {} {} status={} ms={}", method, route, status, tookMillis);
    } else {
      log.debug("answered {} {} status={} ms={}", method, route, status, tookMillis);
    }
  }

  @Override
  public void broken(String where, Throwable cause) {
    registry.counter("relay.http.broken").increment();
    log.error("broken in {}", where, cause);
  }
}
