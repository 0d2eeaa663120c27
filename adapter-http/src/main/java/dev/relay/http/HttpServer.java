package dev.relay.http;

import dev.relay.http.access.Passwords;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.live.WebDesk;
import dev.relay.http.operation.WebhookRoute;
import dev.relay.http.web.Answers;
import dev.relay.http.web.HttpObserver;
import dev.relay.http.web.Json;
import dev.relay.http.web.PeerAddress;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Relay's HTTP server: web chat, agent desk, cases, webhooks, health and metrics. Thread-safe.
 *
 * <p>Build the {@link LiveStreams} first, with them the {@link WebChatChannel} and the {@link WebDesk}, with those and the
 * streams as an observer the Relay, and with all of them this server. Stop the server before the Relay.
 */
public final class HttpServer implements AutoCloseable {
  private static final int RESPONDERS = 8;

  private final HttpSettings settings;
  private final LiveStreams live;
  private final RouteTable routes;
  private final ThreadPoolExecutor responders;
  private final JavalinServer server;

  private HttpServer(Builder parts) {
    settings = parts.settings;
    live = parts.channel.live();
    responders = responders();
    Json json = new Json();
    Web web = new Web(
        json,
        new Requests(json),
        new Answers(json, responders),
        new PeerAddress(settings.trustedProxies()),
        settings.publicUrl().map(HttpServer::isHttps).orElse(false));
    routes = new Resources(parts, web, this::publicUrl).routes();
    server = new JavalinServer(settings, routes, web, parts.observer);
  }

  /** Begins to put a server together. */
  public static Builder builder(RelayAccess relay, WebChatChannel channel, WebDesk desk) {
    return new Builder(relay, channel, desk);
  }

  /** Begins to listen. Throws an {@link IllegalStateException} that says what is wrong where that is not possible. */
  public void start() {
    server.start();
  }

  /** The port that is listened on; after {@link #start}. */
  public int port() {
    return server.port();
  }

  /** The address that people see, without a slash at the end; after {@link #start} where none is set. */
  public String publicUrl() {
    return settings
        .publicUrl()
        .map(url -> url.toString().replaceFirst("/+$", ""))
        .orElseGet(() -> "http://" + shownHost() + ":" + port());
  }

  /** Ends event streams, stops accepting, lets requests in flight finish, and stops. Harmless if repeated. */
  public void stop() {
    stop(settings.stopTimeout());
  }

  /** As {@link #stop()}, with so much time for requests in flight instead of the settings'. */
  public void stop(Duration within) {
    live.close();
    server.stop(within);
    responders.shutdown();
  }

  @Override
  public void close() {
    stop();
  }

  /** Every route, as in docs/openapi.yaml. */
  List<RouteTable.Route> routes() {
    return routes.routes();
  }

  private String shownHost() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static ThreadPoolExecutor responders() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        RESPONDERS, RESPONDERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = new Thread(work, "relay-answer-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Puts a server together. Not thread-safe. */
  public static final class Builder {
    final RelayAccess relay;
    final WebChatChannel channel;
    final WebDesk desk;
    HttpSettings settings = HttpSettings.DEFAULT;
    List<WebhookRoute.Mounted> webhooks = List.of();
    Supplier<String> metrics = () -> "";
    HttpObserver observer = HttpObserver.NONE;
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Passwords passwords = new Passwords();

    private Builder(RelayAccess relay, WebChatChannel channel, WebDesk desk) {
      this.relay = relay;
      this.channel = channel;
      this.desk = desk;
    }

    /** How it listens; {@link HttpSettings#DEFAULT} otherwise. */
    public Builder settings(HttpSettings newSettings) {
      settings = newSettings;
      return this;
    }

    /** What other systems call; nothing otherwise. */
    public Builder webhooks(List<WebhookRoute.Mounted> newWebhooks) {
      webhooks = List.copyOf(newWebhooks);
      return this;
    }

    /** What {@code /metrics} answers, in the text format of Prometheus; nothing otherwise. */
    public Builder metrics(Supplier<String> newMetrics) {
      metrics = newMetrics;
      return this;
    }

    /** Who is told what happens; nobody otherwise. */
    public Builder observer(HttpObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /** The time; the system's otherwise. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Where secrets come from; the system's best source otherwise. */
    public Builder random(SecureRandom newRandom) {
      random = newRandom;
      return this;
    }

    /** How passwords are hashed; as strong as {@link Passwords#Passwords()} otherwise. */
    Builder passwords(Passwords newPasswords) {
      passwords = newPasswords;
      return this;
    }

    /** The server, not yet listening. */
    public HttpServer build() {
      return new HttpServer(this);
    }
  }
}
