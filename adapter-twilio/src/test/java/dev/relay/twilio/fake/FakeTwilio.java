package dev.relay.twilio.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A fake Twilio on loopback that keeps its state, sends signed webhooks, and fails on request. Its requests and answers are checked against Twilio's own OpenAPI files. Thread-safe.
 */
public final class FakeTwilio implements AutoCloseable {
  static final String DATE = "2026-11-02T10:00:00Z";
  /** Shared by all fakes of a JVM; two, since their work competes with the tests for processors. */
  private static final ExecutorService CHECKERS = Executors.newFixedThreadPool(2, work -> {
    Thread thread = new Thread(work, "twilio-openapi-checks");
    thread.setDaemon(true);
    return thread;
  });

  private final World world;
  private final ConversationsApi conversations;
  private final FlexApi flex;
  private final MediaApi media;
  private final SenderApi senders;
  private final AgentFloor agents;
  private final Customers customers;
  private final StudioApi studio;
  private final StudioRunner runner;
  private final Faults faults = new Faults();
  private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Queue<Future<?>> pendingChecks = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Duration latency = Duration.ZERO;
  private volatile boolean checks = true;
  private volatile Predicate<ApiRequest> heldBack = request -> false;
  private volatile Predicate<ApiRequest> heldAnswers = request -> false;
  private volatile boolean isHolding;
  private volatile CountDownLatch release = new CountDownLatch(0);

  /** The account that the fake has. */
  public record Account(
      String sid, String authToken, String chatService, String workspace, String workflow) {
    /** An account to test with. */
    public static final Account TEST = new Account(
        "AC" + "a".repeat(32),
        "the-auth-token-of-the-test",
        "IS" + "b".repeat(32),
        "WS" + "c".repeat(32),
        "WW" + "d".repeat(32));
  }

  /** Starts a fake on any free port. */
  public FakeTwilio() throws IOException {
    this(Account.TEST);
  }

  /** Starts a fake with that account on any free port. */
  public FakeTwilio(Account account) throws IOException {
    world = new World(account);
    conversations = new ConversationsApi(world);
    flex = new FlexApi(world);
    media = new MediaApi(world);
    senders = new SenderApi(world);
    agents = new AgentFloor(world, flex);
    customers = new Customers(world);
    studio = new StudioApi(world);
    runner = new StudioRunner(world, flex);
    world.studio(runner::heard);
    // Without it each answer waits 40 ms for the client's delayed acknowledgement. Read once by the
    // JDK's server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    world.mediaBase = baseUrl() + "/media-content/";
  }

  /** Reads Twilio's OpenAPI files now, which takes seconds. */
  public static void readOpenApiFiles() {
    OpenApiChecks.loadAll();
  }

  /** Returns its address: {@code RELAY_TWILIO_API_URL}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets the address that receives TaskRouter's events. */
  public void taskCallback(String url) {
    synchronized (world) {
      world.taskCallback = url;
    }
  }

  /** Returns the address that receives TaskRouter's events. */
  public String taskCallback() {
    synchronized (world) {
      return world.taskCallback;
    }
  }

  /** Returns the agents. */
  public AgentFloor agents() {
    return agents;
  }

  /** Returns the customers who write by phone or page. */
  public Customers customers() {
    return customers;
  }

  /** Returns the violations of Twilio's own contract, in either direction, once all checks are done. */
  public List<String> violations() {
    for (Future<?> check = pendingChecks.poll(); check != null; check = pendingChecks.poll()) {
      try {
        Object unused = check.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("a check against the OpenAPI files failed", e);
      }
    }
    return violations;
  }

  /** Returns all calls so far. */
  public List<ApiRequest> requests() {
    return requests;
  }

  /** Lets Flex's own configuration name that service and that workspace. */
  public void flexUses(String service, String workspace) {
    synchronized (world) {
      world.flexService = service;
      world.flexWorkspace = workspace;
    }
  }

  /** Gives the workspace another workflow. */
  public void addWorkflow(String sid) {
    synchronized (world) {
      world.moreWorkflows.add(sid);
    }
  }

  /** Lets Flex's own configuration name its workflow. */
  public void flexUsesWorkflow(String sid) {
    synchronized (world) {
      world.flexWorkflow = sid;
    }
  }

  /** Gives the account numbers that can receive text messages, and WhatsApp senders. */
  public void hasSenders(List<String> numbers, List<String> whatsapp) {
    synchronized (world) {
      world.numbers.addAll(numbers);
      world.whatsappSenders.addAll(whatsapp);
    }
  }

  /** Returns whether no Studio flow is running: one that runs swallows what is posted to its conversation meanwhile. */
  public boolean isStudioIdle() {
    return runner.isIdle();
  }

  /** Lets Studio misbehave from now on. */
  public void studioFault(StudioFault fault) {
    runner.fault(Optional.of(fault));
  }

  /** Returns how often a flow was started. */
  public int flowRuns() {
    return runner.runs();
  }

  /** Returns the ids of the account's flows. */
  public List<String> flows() {
    synchronized (world) {
      return List.copyOf(world.flows.keySet());
    }
  }

  /** Returns a flow's definition as JSON. */
  public String flowDefinition(String sid) {
    synchronized (world) {
      return Optional.ofNullable(world.flows.get(sid)).orElseThrow().definition.toString();
    }
  }

  /** Adds a flow that was made in the console; returns its id. */
  public String addFlow(String definition) {
    synchronized (world) {
      FakeFlow flow = new FakeFlow(world.sids.next("FW"), "somebody's");
      flow.definition = Json.parse(definition);
      world.flows.put(flow.sid, flow);
      return flow.sid;
    }
  }

  /** Forgets all calls so far. */
  public void forgetRequests() {
    requests.clear();
  }

  /** Fails the next calls of that kind. */
  public void plan(Fault fault, Predicate<ApiRequest> which, int times) {
    faults.plan(fault, which, times);
  }

  /** Ends all failures. */
  public void heal() {
    faults.clear();
    world.webhooks.spoil(new Random(), 0, 0, 0);
    runner.fault(Optional.empty());
  }

  /** Answers each call only after that time. */
  public void latency(Duration newLatency) {
    latency = newLatency;
  }

  /** Disables the checks against Twilio's OpenAPI files, for measurements; returns this fake. */
  public FakeTwilio unchecked() {
    checks = false;
    return this;
  }

  /** Notifies a listener of the text of each message when it is posted. The listener must be quick. */
  public void whenPosted(Consumer<String> listener) {
    synchronized (world) {
      world.whenPosted = listener;
    }
  }

  /** Sends that many webhooks at a time; first it is one, so that their order is certain. */
  public void webhooksAtOnce(int count) {
    world.webhooks.atOnce(count);
  }

  /** Returns the duration of each answered webhook, in the order of the answers. */
  public List<Duration> webhookTimes() {
    return world.webhooks.times();
  }

  /** Checks whether it has acted on a call whose answer it holds back. */
  public boolean isHoldingAnswer() {
    return isHolding;
  }

  /** Acts on calls of that kind, and holds back the answers until they are released. */
  public void holdAnswers(Predicate<ApiRequest> which) {
    isHolding = false;
    release = new CountDownLatch(1);
    heldAnswers = which;
  }

  /** Holds back calls of that kind, on which nothing is done until they are released. */
  public void holdCalls(Predicate<ApiRequest> which) {
    release = new CountDownLatch(1);
    heldBack = which;
  }

  /** Answers the calls that were held back, and holds back no further ones. */
  public void releaseCalls() {
    heldBack = request -> false;
    heldAnswers = request -> false;
    release.countDown();
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loses the next webhooks. */
  public void loseWebhooks(int count) {
    world.webhooks.lose(count);
  }

  /** Delays the next webhooks until after the one that follows them. */
  public void holdWebhooks(int count) {
    world.webhooks.hold(count);
  }

  /** Sends each webhook twice from now on, or once again. */
  public void doubleWebhooks(boolean twice) {
    world.webhooks.doubleAll(twice);
  }

  /** Loses, duplicates and delays that share of the webhooks from now on. */
  public void spoilWebhooks(Random random, double lost, double doubled, double held) {
    world.webhooks.spoil(random, lost, doubled, held);
  }

  /** Returns the statuses with which webhooks were answered; 0 if none came in time. */
  public List<Integer> webhookStatuses() {
    return world.webhooks.statuses();
  }

  /** Returns the signature that Twilio would send. */
  public static String signature(String token, String url, Map<String, String> fields) {
    return WebhookSender.signature(token, url, fields);
  }

  /** Returns the signature of a Webhooks Rule with that algorithm and shared key. */
  public static String signature(
      String algorithm, String key, String url, Map<String, String> fields) {
    return WebhookSender.signature(algorithm, key, url, fields);
  }

  /** Returns the name of a JSON body in the query of a request from Studio. */
  public static String sha256(String body) {
    return StudioRunner.sha256(body);
  }

  // State

  /** A conversation as it is now. */
  public record Seen(
      String sid,
      String uniqueName,
      String state,
      List<String> texts,
      List<String> authors,
      int webhooks,
      List<String> participants,
      String timerClosed,
      int studioHooks,
      String attributes) {}

  /** Returns all Twilio conversations of one of Relay's, oldest first. */
  public List<Seen> conversations(long relayConversation) {
    synchronized (world) {
      return world.conversationsOf(relayConversation).stream()
          .map(FakeTwilio::seen)
          .toList();
    }
  }

  /** Returns all conversations. */
  public List<Seen> conversations() {
    synchronized (world) {
      return world.conversations.values().stream().map(FakeTwilio::seen).toList();
    }
  }

  private static Seen seen(FakeConversation it) {
    return new Seen(
        it.sid,
        it.uniqueName,
        it.state,
        it.messages.stream().map(message -> message.body).toList(),
        it.messages.stream().map(message -> message.author).toList(),
        (int) it.hooks.stream().filter(hook -> !hook.isStudio()).count(),
        List.copyOf(it.participants.keySet()),
        it.timerClosed,
        (int) it.hooks.stream().filter(FakeConversation.Hook::isStudio).count(),
        it.attributes);
  }

  /** Returns how many interactions have an open channel. */
  public long openInteractions() {
    synchronized (world) {
      return world.interactions.values().stream()
          .filter(FakeInteraction::isOpen)
          .count();
    }
  }

  /** Closes a conversation as Twilio's timers do, with or without a webhook. */
  public void closeByTimer(long relayConversation, boolean notify) {
    synchronized (world) {
      FakeConversation conversation = agents.current(relayConversation);
      if (notify) {
        world.stateChanged(conversation, "closed", "TIMER");
      } else {
        conversation.state = "closed";
      }
    }
  }

  /** Deletes a conversation as in Twilio's console, without a webhook. */
  public void delete(long relayConversation) {
    synchronized (world) {
      world.conversations.remove(agents.current(relayConversation).sid);
    }
  }

  /** Opens a conversation as another program does, with a webhook unless its address is empty. */
  public void open(String uniqueName, String attributes, String webhook) {
    synchronized (world) {
      FakeConversation conversation = new FakeConversation(
          world.sids.next("CH"), uniqueName, "made elsewhere", attributes, "", "");
      if (!webhook.isEmpty()) {
        conversation.hooks.add(FakeConversation.Hook.calling(
            world.sids.next("WH"), webhook, List.of("onMessageAdded")));
      }
      world.conversations.put(conversation.sid, conversation);
    }
  }

  /** Lets the next questions for files be answered as if Twilio did not have them yet. */
  public void filesAreLate(int questions) {
    synchronized (world) {
      world.lateFiles = questions;
    }
  }

  /** Lets the next links of files lead to another address first. */
  public void filesAreRedirected(int times) {
    synchronized (world) {
      world.redirects = times;
    }
  }

  /** Returns the uploaded files. */
  public List<byte[]> files() {
    synchronized (world) {
      return world.media.values().stream().map(FakeConversation.Media::content).toList();
    }
  }

  /** Returns an agent's full name. */
  public static String fullName(String agent) {
    return agent.substring(0, 1).toUpperCase(Locale.ROOT) + agent.substring(1) + " Agent";
  }

  // Calls

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<ApiAnswer> answer = answer(exchange);
      if (answer.isEmpty()) {
        return;
      }
      answer
          .get()
          .headers()
          .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = answer.get().body();
      exchange.sendResponseHeaders(answer.get().status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** Checks behind the caller's back: only the end of a test has to wait for the verdict. */
  private void check(Supplier<List<String>> check) {
    pendingChecks.add(CHECKERS.submit(() -> violations.addAll(check.get())));
  }

  private Optional<ApiAnswer> answer(HttpExchange exchange) throws IOException {
    ApiRequest request = read(exchange);
    if (request.product().equals("media-content")) {
      synchronized (world) {
        return Optional.of(media.content(request));
      }
    }
    requests.add(request);
    if (!latency.isZero()) {
      LockSupport.parkNanos(latency.toNanos());
    }
    if (heldBack.test(request)) {
      awaitRelease();
    }
    Optional<Fault> fault = faults.next(request);
    if (fault.isPresent()) {
      switch (fault.get()) {
        case DROP -> {
          return Optional.empty();
        }
        case RATE_LIMIT -> {
          return Optional.of(new ApiAnswer(
              429,
              new ApiAnswer.Problem(429, 20429, "too many").answer().body(),
              Map.of("Content-Type", "application/json", "Retry-After", "7")));
        }
        case REFUSE -> {
          return Optional.of(new ApiAnswer.Problem(403, 50107, "not allowed").answer());
        }
        case FORBID -> {
          return Optional.of(new ApiAnswer(
              403, "<html>Forbidden</html>".getBytes(StandardCharsets.UTF_8), Map.of()));
        }
        case UNAUTHORIZED -> {
          return Optional.of(new ApiAnswer.Problem(401, 20003, "authenticate").answer());
        }
        case INVALID -> {
          return Optional.of(new ApiAnswer.Problem(400, 20001, "not like this").answer());
        }
        case UNAVAILABLE -> {
          return Optional.of(new ApiAnswer.Problem(503, 20503, "not now").answer());
        }
        default -> {
          // It acts first.
        }
      }
    }
    ApiAnswer answer = act(request);
    if (heldAnswers.test(request)) {
      isHolding = true;
      awaitRelease();
    }
    return fault.isEmpty() ? Optional.of(answer) : spoilt(fault.get(), request);
  }

  private static Optional<ApiAnswer> spoilt(Fault fault, ApiRequest request) {
    return switch (fault) {
      case ACT_THEN_HANG -> {
        LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        yield Optional.empty();
      }
      case ACT_THEN_503 -> Optional.of(new ApiAnswer.Problem(503, 20503, "not now").answer());
      case ACT_THEN_GARBLE ->
        Optional.of(new ApiAnswer(
            request.method().equals("POST") ? 201 : 200,
            "<html>what?</html>".getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "text/html")));
      default -> Optional.empty();
    };
  }

  private ApiAnswer act(ApiRequest request) {
    if (checks) {
      check(() -> OpenApiChecks.faultsOf(request));
    }
    ApiAnswer answer = actedOrRefused(request);
    if (checks) {
      check(() -> OpenApiChecks.faultsOf(request, answer));
    }
    return answer;
  }

  private ApiAnswer actedOrRefused(ApiRequest request) {
    synchronized (world) {
      try {
        return acted(request);
      } catch (ApiAnswer.Problem problem) {
        return problem.answer();
      }
    }
  }

  private ApiAnswer acted(ApiRequest request) {
    String expected = "Basic "
        + Base64.getEncoder()
            .encodeToString((world.account.sid() + ":" + world.account.authToken())
                .getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(request.headers().get("authorization"))) {
      throw new ApiAnswer.Problem(401, 20003, "authenticate");
    }
    return switch (request.product()) {
      case "conversations" -> conversations.answer(request);
      case "studio" -> studio.answer(request);
      case "flex-api" -> flex.interactions(request);
      case "taskrouter" -> flex.tasks(request);
      case "mcs" -> media.answer(request);
      case "api" -> senders.numbers();
      case "messaging" -> senders.senders();
      default -> throw new ApiAnswer.Problem(404, 20404, "no such product");
    };
  }

  private static ApiRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getRawPath();
    int end = path.indexOf('/', 1);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    boolean form =
        headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded");
    String query = exchange.getRequestURI().getRawQuery();
    return new ApiRequest(
        exchange.getRequestMethod(),
        end < 0 ? path.substring(1) : path.substring(1, end),
        end < 0 ? "/" : path.substring(end),
        ApiRequest.fields(query == null ? "" : query),
        form ? ApiRequest.fields(new String(body, StandardCharsets.UTF_8)) : Map.of(),
        headers,
        body);
  }

  @Override
  public void close() {
    runner.stop();
    world.webhooks.stop();
    server.stop(0);
    threads.shutdownNow();
    try {
      boolean unused = threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
