package dev.relay.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The approach that this project grew from, re-created in the benchmark's own words: one thread does one step after the other and
 * waits for each answer. It stores nothing and retries nothing.
 *
 * <p>For a customer's message it finds the customer's conversation by its unique name, lists the participants, and posts: three calls,
 * the fewest of the three to six that the approach makes. If the conversation is missing, it also creates the conversation, the participant and the
 * webhook: six calls. For an agent's message it asks Twilio whose conversation it is, one call, and then shows it.
 *
 * <p>Everything that would slow it down without being part of the approach is left out: connections are reused, signatures are not checked,
 * no library is used between it and the network, and the medium shows messages in no time.
 */
final class SeedBridge implements Bridge {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeTwilio twilio;
  private final Consumer<String> shown;
  private final ExecutorService bot = Executors.newSingleThreadExecutor();
  private final WebhookServer server = new WebhookServer();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String conversations;
  private final String authorization;

  /** Creates a bot at that Twilio, with conversations of that many customers. */
  SeedBridge(FakeTwilio twilio, int customers, Consumer<String> shown) throws IOException {
    this.twilio = twilio;
    this.shown = shown;
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    conversations =
        twilio.baseUrl() + "/conversations/v1/Services/" + account.chatService() + "/Conversations";
    authorization = "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (account.sid() + ":" + account.authToken()).getBytes(StandardCharsets.UTF_8));
    server.open(bot, this::agentWrote);
    for (int customer = 0; customer < customers; customer++) {
      post(customer, "hello");
    }
  }

  @Override
  public String name() {
    return "seed";
  }

  @Override
  public void customerWrites(int customer, String text) {
    bot.execute(() -> post(customer, text));
  }

  @Override
  public void agentWrites(int customer, String text) {
    var unused = twilio.agents().write(number(customer), "bob", text, text);
  }

  private void post(int customer, String text) {
    String identity = "customer-" + customer;
    String conversation = find(customer).orElseGet(() -> create(customer));
    JsonNode participants =
        get("/" + conversation + "/Participants").orElseThrow().path("participants");
    boolean isIn = false;
    for (JsonNode participant : participants) {
      isIn |= participant.path("identity").asText().equals(identity);
    }
    if (!isIn) {
      JsonNode unused = post("/" + conversation + "/Participants", "Identity", identity);
    }
    JsonNode unused = post("/" + conversation + "/Messages", "Author", identity, "Body", text);
  }

  private Optional<String> find(int customer) {
    return get("/" + uniqueName(customer)).map(it -> it.path("sid").asText());
  }

  private String create(int customer) {
    String sid = post("", "UniqueName", uniqueName(customer)).path("sid").asText();
    // Two events, because the fake's checks take a list of one for a text.
    JsonNode unused = post(
        "/" + sid + "/Webhooks",
        "Target",
        "webhook",
        "Configuration.Url",
        server.url() + "/messages",
        "Configuration.Method",
        "post",
        "Configuration.Filters",
        "onMessageAdded",
        "Configuration.Filters",
        "onMessageRemoved");
    return sid;
  }

  /** Runs on the bot's thread, as everything else does. */
  private int agentWrote(WebhookRequest webhook) {
    Map<String, String> fields = fields(webhook.body());
    JsonNode conversation = get("/" + fields.get("ConversationSid")).orElseThrow();
    if (!conversation.path("unique_name").asText().isEmpty()) {
      shown.accept(fields.getOrDefault("Body", ""));
    }
    return 200;
  }

  /** Returns the name by which the fake's agents find a customer's conversation. */
  private static String uniqueName(int customer) {
    return "relay-" + number(customer) + "-1";
  }

  private static long number(int customer) {
    return customer + 1L;
  }

  private Optional<JsonNode> get(String path) {
    return sent(request(path).GET().build());
  }

  private JsonNode post(String path, String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(namesAndValues[i])
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return sent(request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString()))
            .build())
        .orElseThrow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(conversations + path))
        .header("Authorization", authorization);
  }

  private Optional<JsonNode> sent(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300 && answer.statusCode() != 404) {
        throw new IllegalStateException("Twilio answered " + answer.statusCode());
      }
      return answer.statusCode() == 404
          ? Optional.empty()
          : Optional.of(JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Override
  public void close() {
    server.close();
    bot.shutdown();
    try {
      // The last answer may be on its way still.
      boolean unused = bot.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
