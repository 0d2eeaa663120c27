package dev.relay.http;

import dev.relay.core.Relay;
import dev.relay.core.access.AccessStore;
import dev.relay.core.delivery.Health;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.http.access.Passwords;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.PresenceWatch;
import dev.relay.http.live.SetUp;
import dev.relay.http.traffic.Traffic;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Json;
import dev.relay.http.web.PeerAddress;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Relay's HTTP server: web chat, agent desk, cases, webhooks, health and metrics. Thread-safe.
 *
 * <p>Create the {@link WebPorts} first, build the Relay with them, then build this server with both. Stop the server before the
 * Relay.
 */
public final class HttpServer implements AutoCloseable {
  private static final int RESPONDERS = 8;
  /** Half of the store's readers: files must not keep everybody else from reading. */
  private static final int FILE_THREADS = 2;

  private final HttpSettings settings;
  private final PublicAddress address;
  private final LiveStreams live;
  private final HttpObserver observer;
  private final RouteTable routes;
  private final ThreadPoolExecutor responders;
  private final ThreadPoolExecutor files;
  private final JavalinServer server;
  private final TokenCleanUp tokens;
  private final PresenceChecks presence;

  private HttpServer(Builder parts) {
    settings = parts.settings;
    address = new PublicAddress(settings);
    live = parts.ports.live();
    observer = new WholeObserver(parts.observer, live);
    responders = threads(RESPONDERS, "relay-answer-");
    files = threads(FILE_THREADS, "relay-file-");
    Json json = new Json();
    Web web = new Web(
        json,
        new Requests(json),
        new Answers(json, responders, files),
        new PeerAddress(settings.trustedProxies()),
        address.isHttps());
    Resources resources = new Resources(parts, web, address);
    routes = resources.routes();
    presence = new PresenceChecks(resources.presence(), observer);
    Traffic traffic = new Traffic(live.held(), web.peers(), resources.agents(), observer::broken);
    server = new JavalinServer(settings, routes, web, observer, traffic);
    tokens =
        new TokenCleanUp(parts.access.tokens(), parts.access.workspace(), parts.clock, observer);
  }

  /**
   * Begins to build a server.
   *
   * @param relay the Relay that was built with the ports
   * @param access the log-ins and tokens
   * @param knowledge the articles that agents search
   * @param ports the ports that the Relay was built with
   */
  public static Builder builder(
      Relay relay, AccessStore access, KnowledgeBase knowledge, WebPorts ports) {
    return new Builder(relay, access, knowledge, ports);
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException if the server cannot listen on the configured address and port; the message names both
   */
  public void start() {
    server.start();
    address.listeningOn(server.port());
    tokens.start();
    presence.start();
  }

  /** Returns the watch of who is there. */
  PresenceWatch presence() {
    return presence.watch();
  }

  /** Returns the port that the server listens on. Call it after {@link #start}. */
  public int port() {
    return server.port();
  }

  /** Returns the address that people see, without a slash at the end. Call it after {@link #start}. */
  public String publicUrl() {
    return address.url();
  }

  /** Ends event streams, stops accepting, waits for requests in flight, and stops. Repeated calls have no effect. */
  public void stop() {
    stop(settings.stopTimeout());
  }

  /**
   * Stops like {@link #stop()}.
   *
   * @param within the time for requests in flight, instead of the configured one
   */
  public void stop(Duration within) {
    live.close();
    tokens.stop();
    presence.stop();
    server.stop(within);
    responders.shutdown();
    files.shutdown();
  }

  @Override
  public void close() {
    stop();
  }

  /** Returns every route, as in docs/openapi.yaml. */
  List<RouteTable.Route> routes() {
    return routes.routes();
  }

  private static ThreadPoolExecutor threads(int count, String name) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = new Thread(work, name + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder {
    final Relay relay;
    final AccessStore access;
    final KnowledgeBase knowledge;
    final WebPorts ports;
    HttpSettings settings = HttpSettings.DEFAULT;
    List<WebhookRoute.Mounted> webhooks = List.of();
    StatusSource status;
    HttpObserver observer = HttpObserver.NONE;
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Passwords passwords = new Passwords();

    private Builder(Relay relay, AccessStore access, KnowledgeBase knowledge, WebPorts ports) {
      this.relay = relay;
      this.access = access;
      this.knowledge = knowledge;
      this.ports = ports;
      this.status = new HealthOnly(relay);
    }

    /** Sets where and how the server listens. Default: {@link HttpSettings#DEFAULT}. */
    public Builder settings(HttpSettings newSettings) {
      settings = newSettings;
      return this;
    }

    /** Sets the webhooks that other systems call. Default: none. */
    public Builder webhooks(List<WebhookRoute.Mounted> newWebhooks) {
      webhooks = List.copyOf(newWebhooks);
      return this;
    }

    /** Sets the source of health and metrics. Default: the Relay's health, and no metrics. */
    public Builder status(StatusSource newStatus) {
      status = newStatus;
      return this;
    }

    /** Sets the observer of requests and failures. Default: none. */
    public Builder observer(HttpObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /** Sets the clock. Default: the system's. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Sets the source of secrets. Default: the system's strongest. */
    public Builder random(SecureRandom newRandom) {
      random = newRandom;
      return this;
    }

    /** Sets how passwords are hashed. Default: with the strength of {@link Passwords#Passwords()}. */
    Builder passwords(Passwords newPasswords) {
      passwords = newPasswords;
      return this;
    }

    /** Returns the server, which does not listen yet. */
    public HttpServer build() {
      return new HttpServer(this);
    }
  }

  /** Passes everything on; notes errors that damage the process, and shows agents what a request has set up anew. */
  private record WholeObserver(HttpObserver next, LiveStreams live) implements HttpObserver {
    @Override
    public void answered(String method, String route, int status, long tookMillis) {
      SetUp.changedBy(method, route, status).ifPresent(live::setUpChanged);
      next.answered(method, route, status, tookMillis);
    }

    @Override
    public void broken(String where, Throwable cause) {
      live.damage().check(cause);
      next.broken(where, cause);
    }
  }

  private record HealthOnly(Relay relay) implements StatusSource {
    @Override
    public Map<String, Health> health() {
      return relay.health();
    }

    @Override
    public String metrics() {
      return "";
    }
  }
}
