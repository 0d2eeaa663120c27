package dev.relay.discord.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Discord's REST interface on a free port of 127.0.0.1: reads requests, applies planned faults, answers and logs. */
final class RestServer {
  static final String API_PATH = "/api/v10";

  private final World world;
  private final RouteTable routes;
  private final Faults faults;
  private final RequestLog log;
  private final RateLimits rateLimits;
  private final Cdn cdn;
  private final String token;
  private final Consumer<String> complaints;
  private final DocumentedShapes shapes = new DocumentedShapes();
  private final HttpServer server;
  private final ExecutorService workers;

  RestServer(
      World world,
      RouteTable routes,
      Faults faults,
      RequestLog log,
      RateLimits rateLimits,
      Cdn cdn,
      String token,
      Consumer<String> complaints) {
    this.world = world;
    this.routes = routes;
    this.faults = faults;
    this.log = log;
    this.rateLimits = rateLimits;
    this.cdn = cdn;
    this.token = token;
    this.complaints = complaints;
    // Without it each answer waits 40 ms for the client's delayed acknowledgement. Read once by the
    // JDK's server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new IllegalStateException("no free port", failure);
    }
    workers = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task, "fake-discord-rest");
      thread.setDaemon(true);
      return thread;
    });
    server.setExecutor(workers);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void end() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (path.startsWith("/attachments/")) {
        synchronized (world) {
          respond(exchange, cdn.get(path, query), true);
        }
      } else {
        serveApi(exchange, path, query, body);
      }
    } catch (RuntimeException broken) {
      complaints.accept("the fake broke at " + exchange.getRequestMethod() + " "
          + exchange.getRequestURI() + ": " + broken);
      throw broken;
    }
  }

  private void serveApi(HttpExchange exchange, String path, Map<String, String> query, byte[] body)
      throws IOException {
    String below = path.startsWith(API_PATH) ? path.substring(API_PATH.length()) : path;
    RouteTable.Match match =
        path.startsWith(API_PATH) ? routes.find(exchange.getRequestMethod(), below) : null;
    String route = match == null ? exchange.getRequestMethod() + " " + path : match.route();
    Map<String, String> parts = match == null ? Map.of() : match.parts();
    RestRequest request = read(exchange, route, parts, query, body);
    Fault fault = faults.strike(route);
    RateLimits.State limit = rateLimits.count(route, firstPart(parts));
    if (fault == null && limit != null && limit.exceeded()) {
      fault = limit.global()
          ? Fault.rateLimitsGlobally(limit.resetAfter())
          : Fault.rateLimits(limit.resetAfter());
    }
    RestAnswer answer = null;
    if (fault == null || fault.acts()) {
      waitAsPlanned(fault);
      answer = act(exchange, match, route, request);
    }
    if (fault != null && fault.answer() != null) {
      answer = wrong(fault.answer());
    }
    boolean drops = fault != null && fault.drops();
    List<String> files = request == null
        ? List.of()
        : request.files().stream().map(file -> file.content().name()).toList();
    JsonNode json = request == null ? MissingNode.getInstance() : request.body();
    String rawQuery = exchange.getRequestURI().getRawQuery();
    int status = drops || answer == null ? 0 : answer.status();
    log.add(new LoggedRequest(
        route, rawQuery == null ? below : below + "?" + rawQuery, json, files, status));
    if (!drops && answer != null) {
      boolean via = fault == null || fault.answer() == null || fault.answer().viaDiscord();
      respond(exchange, RateLimitHeaders.with(answer, route, limit), via);
    }
  }

  private RestAnswer act(
      HttpExchange exchange,
      RouteTable.@Nullable Match match,
      String route,
      @Nullable RestRequest request) {
    if (match == null) {
      complaints.accept("no such route: " + route);
      return new ApiError(404, 0, "404: Not Found").answer();
    }
    if (request == null) {
      return ApiError.unreadable().answer();
    }
    if (match.authorized()
        && !("Bot " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return ApiError.unauthorized().answer();
    }
    try {
      RestAnswer answer;
      synchronized (world) {
        answer = match.handler().handle(request);
      }
      // The client receives a refusal; an accepted request must be as documented.
      shapes
          .errors(route, request.body())
          .forEach(error -> complaints.accept(route + ": " + error));
      return answer;
    } catch (ApiError refused) {
      return refused.answer();
    }
  }

  private @Nullable RestRequest read(
      HttpExchange exchange,
      String route,
      Map<String, String> parts,
      Map<String, String> query,
      byte[] body) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    try {
      if (type != null && type.startsWith("multipart/form-data")) {
        Multipart multipart = Multipart.read(type, body);
        return new RestRequest(parts, query, multipart.json, multipart.files);
      }
      JsonNode json = body.length == 0 ? MissingNode.getInstance() : Json.parse(body);
      return new RestRequest(parts, query, json, List.of());
    } catch (IOException unreadable) {
      complaints.accept("unreadable body of " + route + ": " + unreadable.getMessage());
      return null;
    }
  }

  private static void waitAsPlanned(@Nullable Fault fault) {
    if (fault == null) {
      return;
    }
    if (fault.until() != null) {
      try {
        fault.until().await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    long end = System.nanoTime() + fault.pause().toNanos();
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static RestAnswer wrong(Fault.Answer wrong) {
    if (!wrong.json()) {
      byte[] page = "<html><title>Attention Required! | Cloudflare</title></html>".getBytes(UTF_8);
      return new RestAnswer(wrong.status(), page, Map.of("Content-Type", "text/html"));
    }
    return wrong.status() == 429
        ? RateLimitHeaders.tooMany(wrong.retryAfter(), wrong.global())
        : refusal(wrong).answer();
  }

  private static ApiError refusal(Fault.Answer wrong) {
    return wrong.place().isEmpty()
        ? new ApiError(wrong.status(), wrong.code(), wrong.message())
        : ApiError.invalidForm(wrong.place(), "PLANNED", wrong.message());
  }

  /** Returns the id in the path by which limits are counted. */
  private static String firstPart(Map<String, String> parts) {
    return parts.isEmpty() ? "" : parts.values().iterator().next();
  }

  private static void respond(HttpExchange exchange, RestAnswer answer, boolean viaDiscord)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    if (viaDiscord) {
      // JDA takes a 429 without it for a ban by Discord's edge.
      headers.set("Via", "1.1 google");
    }
    answer.headers().forEach(headers::set);
    if (answer.body().length == 0) {
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return query;
  }
}
