package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.StudioFault;
import dev.relay.twilio.studio.StudioAgent;
import dev.relay.twilio.studio.StudioTimes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One question, its flow and the requests that come to Relay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StudioAgentTest {
  private static final StudioTimes PATIENT =
      new StudioTimes(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(15));

  private final List<TwilioAccount> accounts = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<StudioObserver.Way> ways = new CopyOnWriteArrayList<>();
  private final List<WebhookObserver.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private FakeTwilio twilio;
  private WebhookDoor door;
  private TwilioSettings settings;

  @BeforeEach
  void open() throws IOException {
    twilio = new FakeTwilio();
    door = new WebhookDoor();
    settings = Office.published(twilio, door);
  }

  @AfterEach
  void close() {
    accounts.forEach(account -> {
      account.desk().stop();
      account.close();
    });
    door.close();
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  private StudioAgent agent(StudioTimes times) {
    VirtualAgent inner = new VirtualAgent() {
      @Override
      public String displayName(Locale locale) {
        return "Robo";
      }

      @Override
      public Answer answer(Turn turn) {
        asked.add(turn.id());
        return new Answer.Replied(
            List.of(MessageBody.text("to " + turn.text())), Answer.Outcome.ANSWERED, 1);
      }
    };
    TwilioAccount account = new TwilioAccount(settings, InstantSource.system(), times);
    StudioAgent agent = (StudioAgent) account.behindStudio(inner, ways::add);
    accounts.add(account);
    door.leadsTo(account.webhooks(outcomes::add));
    return agent;
  }

  private static Turn turn(String id, String text) {
    return new Turn(new ConversationId(17), id, text, Locale.ENGLISH, 0, List.of());
  }

  /** Sends what a flow would send; the status and body of the answer. */
  private HttpResponse<String> sends(String body, String signedBody, String token)
      throws IOException, InterruptedException {
    String url = door.publicUrl() + WebhookRequest.STUDIO + "?bodySHA256=" + sha256(signedBody);
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json;charset=utf-8")
        .header("X-Twilio-Signature", FakeTwilio.signature(token, url, Map.of()))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> sends(String body) throws IOException, InterruptedException {
    return sends(body, body, settings.authToken());
  }

  private static String sha256(String text) {
    return FakeTwilio.sha256(text);
  }

  private static String replied(Answer answer) {
    return ((Answer.Replied) answer).replies().get(0).text();
  }

  @Test
  void the_flow_receives_the_answer_to_the_customer() throws Exception {
    StudioAgent agent = agent(PATIENT);

    assertThat(replied(agent.answer(turn("h-v-1", "why?")))).isEqualTo("to why?");

    HttpResponse<String> again =
        sends("{\"conversation\":\"relay-17-1\",\"action\":\"answer\",\"of_my_own\":1}");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("{\"outcome\":\"answered\",\"replies\":[\"to why?\"]}");
    assertThat(asked).containsExactly("h-v-1");
  }

  @Test
  void a_flow_may_ask_for_a_live_agent_itself() throws Exception {
    twilio.studioFault(StudioFault.NEVER_RUNS);
    StudioAgent agent = agent(PATIENT);
    var answer = CompletableFuture.supplyAsync(() -> agent.answer(turn("h-v-1", "why?")));
    Eventually.holds(
        "it is posted",
        () -> !twilio.conversations(17).isEmpty()
            && !twilio.conversations(17).get(0).texts().isEmpty());

    HttpResponse<String> told =
        sends("{\"conversation\":\"relay-17-1\",\"action\":\"person\",\"message\":null}");

    assertThat(told.body()).isEqualTo("{\"outcome\":\"hand_over\",\"replies\":[]}");
    assertThat(answer.join())
        .isEqualTo(new Answer.HandOver(Answer.HandOverReason.ASKED, List.of()));
    assertThat(asked).isEmpty();
    assertThat(ways).containsExactly(StudioObserver.Way.LIVE_AGENT);
  }

  @Test
  void a_late_request_for_an_earlier_question_is_harmless() throws Exception {
    StudioAgent agent = agent(PATIENT);
    Answer first = agent.answer(turn("h-v-1", "one"));
    twilio.studioFault(StudioFault.NEVER_RUNS);
    var second = CompletableFuture.supplyAsync(() -> agent.answer(turn("h-v-2", "two")));
    Eventually.holds(
        "it is posted", () -> twilio.conversations(17).get(0).texts().contains("two"));

    // Until the post is acknowledged, the two cannot be distinguished.
    Eventually.holds(
        "it is known", () -> asksLate().equals("{\"outcome\":\"late\",\"replies\":[]}"));
    HttpResponse<String> inTime = sends("{\"conversation\":\"relay-17-1\"}");

    assertThat(replied(first)).isEqualTo("to one");
    assertThat(replied(second.join())).isEqualTo("to two");
    assertThat(inTime.body()).contains("to two");
  }

  private String asksLate() {
    try {
      return sends("{\"conversation\":\"relay-17-1\",\"message\":\"IM" + "0".repeat(32)
              + "\",\"action\":\"failed\",\"widget\":\"ask_relay\"}")
          .body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Test
  void a_question_that_was_posted_before_a_crash_is_answered_without_waiting() {
    twilio.studioFault(StudioFault.NEVER_RUNS);
    StudioAgent crashed = agent(PATIENT);
    var lost = CompletableFuture.supplyAsync(() -> crashed.answer(turn("h-v-1", "why?")));
    Eventually.holds(
        "it is posted",
        () -> !twilio.conversations(17).isEmpty()
            && !twilio.conversations(17).get(0).texts().isEmpty());

    StudioAgent next = agent(PATIENT);
    Answer answer = next.answer(turn("h-v-1", "why?"));

    assertThat(replied(answer)).isEqualTo("to why?");
    assertThat(ways).containsExactly(StudioObserver.Way.POSTED_BEFORE);
    assertThat(twilio.conversations(17)).hasSize(1);
    assertThat(twilio.conversations(17).get(0).texts()).containsExactly("why?", "to why?");
    assertThat(twilio.conversations(17).get(0).studioHooks()).isEqualTo(1);
    assertThat(lost).isNotDone();
  }

  @Test
  void the_same_question_asked_twice_at_once_is_answered_once() throws Exception {
    StudioAgent agent = agent(PATIENT);
    twilio.holdCalls(request -> true);

    FutureTask<Answer> one = new FutureTask<>(() -> agent.answer(turn("h-v-1", "why?")));
    FutureTask<Answer> other = new FutureTask<>(() -> agent.answer(turn("h-v-1", "why?")));
    Thread first = new Thread(one);
    Thread second = new Thread(other);
    first.start();
    Eventually.holds(
        "the first waits for the flow", () -> first.getState() == Thread.State.TIMED_WAITING);
    second.start();
    Eventually.holds(
        "the second waits for the first", () -> second.getState() == Thread.State.WAITING);
    twilio.releaseCalls();

    assertThat(one.get()).isEqualTo(other.get());
    assertThat(asked).containsExactly("h-v-1");
    Eventually.holds(
        "both are posted once",
        () -> twilio.conversations(17).get(0).texts().equals(List.of("why?", "to why?")));
  }

  @Test
  void forged_changed_malformed_and_unknown_requests_are_refused() throws Exception {
    StudioAgent agent = agent(PATIENT);
    Answer unused = agent.answer(turn("h-v-1", "why?"));
    String good = "{\"conversation\":\"relay-17-1\",\"action\":\"answer\"}";

    assertThat(sends(good, good, "another-token").statusCode()).isEqualTo(403);
    assertThat(sends(good, good + " ", settings.authToken()).statusCode()).isEqualTo(403);
    for (String bad : List.of(
        "",
        "[]",
        "{",
        "{\"conversation\":17}",
        "{\"conversation\":\"relay-18-1\"}",
        "{\"conversation\":\"relay-17-1\",\"action\":\"dance\"}",
        "{\"conversation\":\"relay-17-1\",\"message\":\"IM1\"}",
        "{\"conversation\":\"relay-17-1\",\"action\":\"failed\",\"widget\":\"<b>\"}",
        "{\"conversation\":\"relay-17-1\",\"pad\":\"" + "x".repeat(20_000) + "\"}")) {
      assertThat(sends(bad).statusCode())
          .as(bad.substring(0, Math.min(60, bad.length())))
          .isEqualTo(400);
    }
    assertThat(outcomes)
        .contains(WebhookObserver.Outcome.FORGED, WebhookObserver.Outcome.MALFORMED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void the_flow_that_setup_has_published_is_found_without_its_id() {
    settings = TestSettings.studio(twilio.baseUrl(), door.publicUrl(), Optional.empty());
    twilio.addFlow("{\"description\":\"somebody's\",\"states\":[]}");
    StudioAgent agent = agent(PATIENT);

    Answer unused = agent.answer(turn("17-3-1", "hello"));

    assertThat(ways).containsExactly(StudioObserver.Way.ASKED);
  }

  @Test
  void without_a_published_flow_customers_are_answered_and_health_names_the_command()
      throws IOException {
    twilio.close();
    twilio = new FakeTwilio();
    settings = TestSettings.studio(twilio.baseUrl(), door.publicUrl(), Optional.empty());
    StudioAgent agent = agent(PATIENT);

    Answer unused = agent.answer(turn("17-3-1", "hello"));

    assertThat(ways).containsExactly(StudioObserver.Way.NOT_POSTED);
    assertThat(asked).containsExactly("17-3-1");
    assertThat(agent.health().detail()).contains("relay twilio setup");
  }
}
