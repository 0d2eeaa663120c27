package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeConversation.FakeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs published flows as they are defined: the four widgets that Relay's flow has, and values in double braces. Thread-safe. */
final class StudioRunner {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MAX_FLEX_ATTRIBUTES = 1024;
  private static final Pattern VALUE =
      Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.]+)\\s*(\\|\\s*to_json\\s*)?}}");

  private final World world;
  private final FlexApi flex;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread made = new Thread(work, "fake-studio");
    made.setDaemon(true);
    return made;
  });
  private final AtomicInteger runs = new AtomicInteger();
  private final Map<String, Integer> executions = new ConcurrentHashMap<>();
  private volatile Optional<StudioFault> fault = Optional.empty();

  StudioRunner(World world, FlexApi flex) {
    this.world = world;
    this.flex = flex;
  }

  void fault(Optional<StudioFault> newFault) {
    fault = newFault;
  }

  int runs() {
    return runs.get();
  }

  /** Starts the flow of the conversation, if it has one, for a posted message. The caller holds the world's lock. */
  void heard(FakeConversation conversation, FakeMessage message) {
    Optional<String> hooked = conversation.hooks.stream()
        .filter(it -> it.isStudio() && it.filters().contains("onMessageAdded"))
        .map(FakeConversation.Hook::flow)
        .findFirst();
    Optional<FakeFlow> flow = hooked
        .flatMap(sid -> Optional.ofNullable(world.flows.get(sid)))
        .filter(it -> it.status.equals("published"));
    // One execution per conversation: it swallows what is posted meanwhile.
    boolean isRunning = executions.getOrDefault(conversation.sid, 0) > 0;
    if (flow.isEmpty() || is(StudioFault.NEVER_RUNS) || isRunning) {
      return;
    }
    JsonNode trigger = trigger(conversation, message);
    start(flow.get(), conversation, trigger);
    if (is(StudioFault.RUNS_TWICE)) {
      start(flow.get(), conversation, trigger);
    }
  }

  /** Returns whether no flow is running in any conversation. */
  boolean isIdle() {
    return executions.values().stream().allMatch(count -> count == 0);
  }

  private boolean is(StudioFault one) {
    return fault.filter(it -> it == one).isPresent();
  }

  private static JsonNode trigger(FakeConversation conversation, FakeMessage message) {
    ObjectNode variables = Json.object();
    ObjectNode about = variables.putObject("trigger").putObject("conversation");
    about
        .put("ConversationSid", conversation.sid)
        .put("MessageSid", message.sid)
        .put("Author", message.author)
        .put("Body", message.body);
    // Studio parses the conversation's attributes, but not those of messages.
    about.set("ChannelAttributes", Json.parse(conversation.attributes));
    about.put("Attributes", message.attributes);
    return variables;
  }

  private void start(FakeFlow flow, FakeConversation conversation, JsonNode variables) {
    runs.incrementAndGet();
    executions.merge(conversation.sid, 1, Integer::sum);
    Run run = new Run(flow, conversation, variables);
    try {
      threads.execute(run::go);
    } catch (RejectedExecutionException stopped) {
      // The fake is closed.
    }
  }

  void stop() {
    threads.shutdownNow();
  }

  /** One execution. */
  private final class Run {
    private final FakeFlow flow;
    private final FakeConversation conversation;
    private final JsonNode variables;
    private boolean hasAsked;

    Run(FakeFlow flow, FakeConversation conversation, JsonNode variables) {
      this.flow = flow;
      this.conversation = conversation;
      this.variables = variables;
    }

    void go() {
      try {
        follow();
      } finally {
        executions.merge(conversation.sid, -1, Integer::sum);
      }
    }

    private void follow() {
      Optional<JsonNode> state;
      synchronized (world) {
        state = flow.state(flow.definition.path("initial_state").asText());
      }
      while (state.isPresent()) {
        String next = next(state.get());
        synchronized (world) {
          state = flow.state(next);
        }
      }
    }

    /** Runs a widget; returns the name of the next one. */
    private String next(JsonNode state) {
      JsonNode properties = state.path("properties");
      return switch (state.path("type").asText()) {
        case "trigger" -> follow(state, "incomingConversationMessage");
        case "split-based-on" -> split(state, rendered(properties.path("input").asText()));
        case "make-http-request" -> follow(state, request(properties) ? "success" : "failed");
        case "send-to-flex" -> {
          if (is(StudioFault.SEND_TO_FLEX_HANGS)) {
            yield "";
          }
          yield follow(state, sendToFlex(properties) ? "callComplete" : "failedToEnqueue");
        }
        default -> throw new IllegalStateException("no such widget: " + state);
      };
    }

    private String follow(JsonNode state, String event) {
      for (JsonNode transition : state.path("transitions")) {
        if (transition.path("event").asText().equals(event)) {
          return transition.path("next").asText("");
        }
      }
      return "";
    }

    private String split(JsonNode state, String input) {
      for (JsonNode transition : state.path("transitions")) {
        JsonNode condition = transition.path("conditions").path(0);
        if (condition.path("type").asText().equals("equal_to")
            && condition.path("value").asText().equals(input)) {
          return transition.path("next").asText("");
        }
      }
      return follow(state, "noMatch");
    }

    private boolean request(JsonNode properties) {
      boolean isFirst = !hasAsked;
      hasAsked = true;
      if (isFirst && is(StudioFault.HTTP_FAILS)) {
        return false;
      }
      String body = rendered(properties.path("body").asText());
      String url = properties.path("url").asText() + "?bodySHA256=" + sha256(body);
      HttpRequest request = HttpRequest.newBuilder(URI.create(url))
          .timeout(LIMIT)
          .header("Content-Type", properties.path("content_type").asText())
          .header(
              "X-Twilio-Signature",
              WebhookSender.signature(world.account.authToken(), url, Map.of()))
          .POST(HttpRequest.BodyPublishers.ofString(body))
          .build();
      try {
        int status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        return status >= 200 && status < 300;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private boolean sendToFlex(JsonNode properties) {
      if (is(StudioFault.SEND_TO_FLEX_FAILS)) {
        return false;
      }
      String attributes = rendered(properties.path("attributes").asText());
      synchronized (world) {
        boolean possible = attributes.length() <= MAX_FLEX_ATTRIBUTES
            && properties.path("workflow").asText().equals(world.account.workflow())
            && properties.path("channel").asText().equals(FakeFlow.TASK_CHANNEL)
            && !conversation.isClosed();
        if (!possible) {
          return false;
        }
        flex.sendToFlex(conversation, (ObjectNode) Json.parse(attributes));
        return true;
      }
    }

    private String rendered(String template) {
      Matcher matcher = VALUE.matcher(template);
      return matcher.replaceAll(match -> {
        JsonNode value = variables;
        for (String step : match.group(1).split("\\.", -1)) {
          value = value.path(step);
        }
        boolean asJson = match.group(2) != null;
        String text =
            asJson ? (value.isMissingNode() ? "null" : value.toString()) : value.asText("");
        return Matcher.quoteReplacement(text);
      });
    }
  }

  static String sha256(String body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
