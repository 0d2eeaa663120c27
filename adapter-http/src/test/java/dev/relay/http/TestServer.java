package dev.relay.http;

import dev.relay.core.Relay;
import dev.relay.core.RelayBuilder;
import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.delivery.Health;
import dev.relay.core.memory.MemoryStore;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.KnownAgents;
import dev.relay.http.access.Passwords;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.live.LiveStreams;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A whole Relay in memory behind a server on a free port of the loopback address. */
public final class TestServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  static final StreamLimits QUICK =
      new StreamLimits(Duration.ofMillis(160), Duration.ofMinutes(10), 200, 20, 8);

  /** Tests write faster than people do. */
  static final AccessLimits PATIENT = AccessLimits.DEFAULT.withMessages(100_000, 60);

  /** So little memory per hash that log-ins cost these tests nothing; PasswordsTest checks the real strength. */
  private static final int WEAK_KIB = 64;

  public final MemoryStore store = new MemoryStore();
  public final TestClock clock = new TestClock();
  final TestObserver observer = new TestObserver();
  /** Counted down when the webhook is called that answers once {@link #slowAnswer} is complete. */
  final CountDownLatch slowlyAsked = new CountDownLatch(1);

  final CompletableFuture<WebhookRoute.Answer> slowAnswer = new CompletableFuture<>();
  final WebPorts web;
  public final Relay relay;
  final HttpServer server;
  private final Passwords passwords = new Passwords(WEAK_KIB);
  private final String passwordHash = passwords.hash(PASSWORD);

  public TestServer() {
    this(settings -> settings, builder -> builder);
  }

  public TestServer(UnaryOperator<HttpSettings> settings, UnaryOperator<RelayBuilder> parts) {
    this(QUICK, settings, parts);
  }

  public TestServer(
      StreamLimits limits,
      UnaryOperator<HttpSettings> settings,
      UnaryOperator<RelayBuilder> parts) {
    this(limits, settings, parts, access -> access);
  }

  /** A server that sees the log-ins and tokens of its store through something of the test's. */
  TestServer(UnaryOperator<AccessStore> access) {
    this(QUICK, settings -> settings, builder -> builder, access);
  }

  TestServer(
      StreamLimits limits,
      UnaryOperator<HttpSettings> settings,
      UnaryOperator<RelayBuilder> parts,
      UnaryOperator<AccessStore> access) {
    HttpSettings all =
        settings.apply(HttpSettings.DEFAULT.listeningOn("127.0.0.1", 0).withLimits(PATIENT));
    web = new WebPorts(limits, observer);
    relay = parts
        .apply(Relay.builder()
            .store(store)
            .channel(web.channel())
            .desk(web.desk())
            .virtualAgent(new TestAgent())
            .observer(web.observer())
            .clock(clock))
        .build();
    server = HttpServer.builder(relay, access.apply(store), new TestKnowledge(), web)
        .settings(all)
        .webhooks(List.of(
            webhook("/webhooks/twilio/conversations"),
            webhook("/webhooks/twilio/flex"),
            webhook("/webhooks/twilio/studio")))
        .status(new TestStatus(relay))
        .observer(observer)
        .clock(clock)
        .random(new SecureRandom())
        .passwords(passwords)
        .build();
    relay.start();
    server.start();
  }

  /** Creates a webhook that echoes the request if its signature is right. */
  private WebhookRoute.Mounted webhook(String path) {
    return new WebhookRoute.Mounted(path, request -> {
      List<String> signatures = request.headers().getOrDefault("x-twilio-signature", List.of());
      if (signatures.contains("slow")) {
        slowlyAsked.countDown();
        return slowAnswer;
      }
      boolean signed = signatures.contains("right");
      return CompletableFuture.completedFuture(
          signed
              ? new WebhookRoute.Answer(
                  200, "text/plain", request.url() + "\n" + request.body(), Map.of())
              : WebhookRoute.Answer.of(403));
    });
  }

  /** Adds an agent who may do everything. */
  public void addAgent(String username) {
    addAgent(username, AgentAccount.Role.ADMIN);
  }

  void addAgent(String username, AgentAccount.Role role) {
    store
        .accounts()
        .add(new AgentAccount(
                username,
                username.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + username.substring(1),
                Optional.of(passwordHash),
                clock.instant(),
                false)
            .withRole(role));
  }

  /** Returns sessions on this server's store, whose streams are those of the test. */
  public Sessions sessions(LiveStreams live) {
    return new Sessions(
        store, new Secrets(new SecureRandom()), clock, live, new KnownAgents(clock));
  }

  public Http http() {
    return new Http("http://127.0.0.1:" + server.port());
  }

  /** Returns a client with the token of a new chat session. */
  public Http customer(String name) {
    Http.Answer opened = http()
        .post("/api/v1/chat/sessions", "{\"displayName\":\"" + name + "\",\"locale\":\"en\"}");
    return http().bearer(opened.json().get("token").textValue());
  }

  /** Lets a customer ask for a live agent; returns the id of the conversation once it waits with a case. */
  String waiting(Http customer, Http reader) {
    customer.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    String caseNumber = Eventually.gives(
        "the customer waits",
        () -> customer.get("/api/v1/chat/status").json().get("caseNumber").textValue());
    return reader
        .get("/api/v1/cases/" + caseNumber)
        .json()
        .get("conversations")
        .get(0)
        .textValue();
  }

  /** Returns a client with the cookie and the CSRF token of an agent who has just logged in; creates the account if necessary. */
  public Http agent(String username) {
    return agent(username, AgentAccount.Role.ADMIN);
  }

  /** Returns a client of an agent who has just logged in; creates the account with that role if necessary. */
  Http agent(String username, AgentAccount.Role role) {
    if (store.accounts().find(username).isEmpty()) {
      addAgent(username, role);
    }
    Http.Answer answer = http()
        .post(
            "/api/v1/agents/login",
            "{\"username\":\"" + username + "\",\"password\":\"" + PASSWORD + "\"}");
    return http()
        .cookie(answer.cookie())
        .header(Authentication.CSRF_HEADER, answer.json().get("csrfToken").textValue());
  }

  @Override
  public void close() {
    server.stop();
    relay.stop(Duration.ofSeconds(1));
    store.close();
  }

  static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(e);
  }

  private record TestStatus(Relay relay) implements StatusSource {
    @Override
    public Map<String, Health> health() {
      return relay.health();
    }

    @Override
    public String metrics() {
      return "relay_up 1\n";
    }
  }
}
