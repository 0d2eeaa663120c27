package dev.relay.http;

import dev.relay.core.store.StoreException;
import dev.relay.http.access.RouteTable;
import dev.relay.http.traffic.Clients;
import dev.relay.http.traffic.Traffic;
import dev.relay.http.web.Json;
import dev.relay.http.web.Problem;
import dev.relay.http.web.ProblemErrors;
import dev.relay.http.web.Web;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** Javalin and Jetty, configured so that every request is bounded and every error is a problem document. */
final class JavalinServer {
  private static final int MAX_HEADERS = 16 * 1024;
  private static final long IDLE_MILLIS = 30_000;
  /** Browsers then use https only, for a year after each answer; other hosts of the domain are not affected. */
  private static final String ONE_YEAR = "max-age=31536000";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  /** The others are named by strangers, and each would be a time series of its own. */
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String STARTED_NANOS = "relay.started";

  private final HttpSettings settings;
  private final Web web;
  private final HttpObserver observer;
  private final Traffic traffic;
  private final Javalin javalin;

  JavalinServer(
      HttpSettings settings, RouteTable routes, Web web, HttpObserver observer, Traffic traffic) {
    this.settings = settings;
    this.web = web;
    this.observer = observer;
    this.traffic = traffic;
    this.javalin = Javalin.create(config -> configure(config, routes));
  }

  void start() {
    try {
      javalin.start(settings.host(), settings.port());
      traffic.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
    }
  }

  private String reason(RuntimeException failure) {
    try {
      return ListenCheck.refusal(InetAddress.getByName(settings.host()), settings.port())
          .map(refusal -> refusal.reason(settings.port()))
          .orElse(String.valueOf(failure.getMessage()));
    } catch (UnknownHostException e) {
      return "no address is known for this name";
    }
  }

  int port() {
    return javalin.port();
  }

  void stop(Duration within) {
    javalin.jettyServer().server().setStopTimeout(within.toMillis());
    traffic.stop();
    javalin.stop();
  }

  private void configure(JavalinConfig config, RouteTable routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.defaultContentType = "application/json";
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = false;
    config.http.maxRequestSize = Json.MAX_TEXT_BODY;
    config.jetty.threadPool = Traffic.threads();
    config.jetty.modifyServer(this::modify);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyHttpConfiguration(JavalinServer::bound);
    config.jetty.modifyServletContextHandler(context ->
        context.setErrorHandler(new ProblemErrors(web.json(), transport(), this::refused)));
    config.router.javaLangErrorHandler((response, error) -> {
      if (!Clients.areToBlame(error)) {
        observer.broken("http", error);
      }
      response.setStatus(500);
    });
    config.routes.before(this::begin);
    config.routes.after(this::end);
    config.routes.exception(Problem.class, (problem, ctx) -> web.answers().problem(ctx, problem));
    config.routes.exception(HttpResponseException.class, (refusal, ctx) -> {
      if (refusal instanceof MethodNotAllowedResponse) {
        refusal.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
      }
      web.answers().problem(ctx, problem(refusal));
    });
    config.routes.exception(StoreException.class, (failure, ctx) -> {
      observer.broken("store", failure);
      web.answers().problem(ctx, unavailable());
    });
    config.routes.exception(
        TimeoutException.class,
        (timeout, ctx) -> web.answers()
            .problem(ctx, Clients.areToBlame(timeout) ? notReceived(timeout) : unavailable()));
    config.routes.exception(Exception.class, (defect, ctx) -> {
      if (Clients.areToBlame(defect)) {
        web.answers().problem(ctx, notReceived(defect));
      } else {
        observer.broken("http", defect);
        web.answers().problem(ctx, Problem.of(500, "failed", "internal error (logged)"));
      }
    });
    routes.register(config.routes);
  }

  private void modify(Server server) {
    traffic.guard(server);
    server.insertHandler(new GracefulHandler());
    server.setErrorHandler(new ProblemErrors(web.json(), transport(), this::refused));
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    traffic.watch(connector);
    return connector;
  }

  private static void bound(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(MAX_HEADERS);
    http.setIdleTimeout(IDLE_MILLIS);
  }

  private Map<String, String> transport() {
    return web.isSecure() ? Map.of("Strict-Transport-Security", ONE_YEAR) : Map.of();
  }

  private void refused(String method, int status) {
    observer.answered(KNOWN_METHODS.contains(method) ? method : "(other)", "(none)", status, 0);
  }

  private void begin(Context ctx) {
    ctx.attribute(STARTED_NANOS, System.nanoTime());
    ctx.header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    transport().forEach(ctx::header);
  }

  private void end(Context ctx) {
    Long started = ctx.attribute(STARTED_NANOS);
    long tookMillis = started == null ? 0 : (System.nanoTime() - started) / 1_000_000;
    Endpoint matched = ctx.endpoints().lastHttpEndpoint();
    observer.answered(
        ctx.req().getMethod(),
        matched == null ? "(none)" : matched.path,
        ctx.statusCode(),
        tookMillis);
  }

  private static Problem problem(HttpResponseException refusal) {
    return switch (refusal.getStatus()) {
      case 404 -> Problem.notFound("no such address");
      case 405 -> Problem.of(405, "method", "this address does not support this method");
      default -> Problem.of(refusal.getStatus(), "http", "this request was refused");
    };
  }

  /** Returns the answer to a request that did not arrive whole; often nobody receives it. */
  private static Problem notReceived(Throwable cause) {
    return Clients.isTooSlow(cause)
        ? Problem.of(408, "too-slow", "the request took too long")
        : Problem.of(400, "incomplete", "the request was cut off");
  }

  private static Problem unavailable() {
    return Problem.unavailable(
        "unavailable",
        "the store does not respond; send the same request again later",
        RETRY_AFTER);
  }
}
