package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.http.chat.AttachmentRoutes;
import dev.relay.http.view.Views;
import dev.relay.http.web.Memoizer;
import dev.relay.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health, pages, webhooks and dead letters. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class OperationTest {
  private final TestServer relay = new TestServer();

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void health_and_metrics_are_reported() {
    Http http = relay.http();

    assertThat(http.get("/livez").json().get("status").textValue()).isEqualTo("up");
    JsonNode ready = http.get("/readyz").json();
    assertThat(ready.get("ready").booleanValue()).isTrue();
    assertThat(ready.get("components").get("channel:web").get("detail").textValue())
        .isEqualTo("ok");
    assertThat(http.get("/metrics").header("Content-Type")).startsWith("text/plain; version=0.0.4");
    relay.store.close();
    relay.clock.advance(Duration.ofSeconds(1));
    assertThat(http.get("/readyz").status()).isEqualTo(503);
  }

  @Test
  void strangers_learn_whether_components_work_and_not_why() {
    Http stranger = relay.http().header("X-Forwarded-For", "203.0.113.7");
    Http agent = relay.agent("alice").header("X-Forwarded-For", "203.0.113.7");
    Http customer = relay.customer("Ana").header("X-Forwarded-For", "203.0.113.7");

    for (Http outsider : List.of(stranger, customer, stranger.bearer("rk_wrong"))) {
      JsonNode ready = outsider.get("/readyz").json();
      assertThat(ready.get("components").get("store").get("ready").booleanValue())
          .isTrue();
      assertThat(ready.toString()).doesNotContain("detail");
    }
    assertThat(agent.get("/readyz").json().get("components").get("store").has("detail"))
        .isTrue();
  }

  @Test
  void an_expensive_value_is_computed_once_a_second_however_many_ask() throws Exception {
    AtomicInteger found = new AtomicInteger();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Memoizer<Integer> remembered = new Memoizer<>(found::incrementAndGet, now::get);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(threads.submit(remembered::get));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(1);
    }
    threads.shutdown();

    now.set(Instant.EPOCH.plusSeconds(1));

    assertThat(remembered.get()).isEqualTo(2);
  }

  @Test
  void pages_can_neither_be_framed_nor_run_foreign_scripts() {
    for (String page : List.of("/chat", "/desk", "/desk/setup")) {
      Http.Answer answer = relay.http().get(page);
      assertThat(answer.status()).as(page).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith("text/html");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'self'")
          .contains("object-src 'none'")
          .contains("base-uri 'none'")
          .contains("frame-ancestors " + (page.equals("/chat") ? "'self'" : "'none'"))
          .doesNotContain("unsafe");
      assertThat(answer.text()).doesNotContain("<script>").doesNotContain(" onclick=");
    }
    assertThat(relay.http().get("/").header("Location")).isEqualTo("/chat");
    assertThat(relay.http().get("/embed.js").header("Content-Type")).startsWith("text/javascript");
    assertThat(relay.http().get("/assets/chat.css").header("Content-Type")).startsWith("text/css");
  }

  @Test
  void pages_are_compressed_and_confirmed_and_what_they_refer_to_is_kept_for_ever() {
    Http browser = relay.http().header("Accept-Encoding", "br, gzip");
    Http.Answer page = browser.get("/chat");
    String script = relay.http().get("/chat").text().replaceAll("(?s).*src=\"([^\"]+)\".*", "$1");

    assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.header("Vary")).isEqualTo("Accept-Encoding");
    Http.Answer again = browser.header("If-None-Match", page.header("ETag")).get("/chat");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    assertThat(again.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(browser.header("If-None-Match", "W/\"other\"").get("/chat").status())
        .isEqualTo(200);
    assertThat(browser.get("/" + script).header("Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    String old = script.replaceFirst("-[0-9a-f]{12}", "-000000000000");
    assertThat(browser.get("/" + old).header("Cache-Control")).isEqualTo("no-cache");
    for (String refused : List.of("identity", "gzip;q=0", "br")) {
      Http.Answer plain = relay.http().header("Accept-Encoding", refused).get("/chat");
      assertThat(plain.text()).as(refused).startsWith("<!doctype html>");
    }
  }

  @Test
  void files_are_downloads_and_only_pictures_are_shown_in_place() {
    Http agent = relay.agent("alice");
    String picture = upload(agent, "a \"b\".png", "image/png");
    String page = upload(agent, "a.html", "text/html");
    String drawing = upload(agent, "a.svg", "image/svg+xml");

    Http.Answer shown = agent.get("/api/v1/attachments/" + picture + "?inline=true");
    assertThat(shown.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"a _b_.png\"; filename*=UTF-8''a%20%22b%22.png");
    assertThat(shown.header("Content-Type")).isEqualTo("image/png");
    assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
    assertThat(agent.get("/api/v1/attachments/" + picture).header("Content-Disposition"))
        .startsWith("attachment");
    for (String id : List.of(page, drawing)) {
      Http.Answer kept = agent.get("/api/v1/attachments/" + id + "?inline=true");
      assertThat(kept.header("Content-Disposition")).startsWith("attachment");
      assertThat(kept.header("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(kept.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void an_overlong_file_is_refused() {
    Http customer = relay.customer("Ana");
    byte[] large = new byte[(int) AttachmentRoutes.MAX_BYTES + 1];

    assertThat(customer
            .send("POST", "/api/v1/chat/attachments?filename=a", "image/png", large)
            .status())
        .isEqualTo(413);
    assertThat(customer
            .send(
                "POST",
                "/api/v1/chat/attachments?filename=a",
                "image/png",
                new byte[(int) AttachmentRoutes.MAX_BYTES])
            .status())
        .isEqualTo(201);
  }

  @Test
  void webhooks_receive_the_unchanged_request_and_answer_it_themselves() {
    byte[] form = "Body=caf%C3%A9+%26&From=u".getBytes(StandardCharsets.UTF_8);
    String path = "/webhooks/twilio/flex?bodySHA256=a%2Fb";
    String type = "application/x-www-form-urlencoded";

    Http.Answer right =
        relay.http().header("X-Twilio-Signature", "right").send("POST", path, type, form);
    Http.Answer forged = relay.http().send("POST", path, type, form);

    assertThat(right.text())
        .isEqualTo(relay.server.publicUrl() + path + "\nBody=caf%C3%A9+%26&From=u");
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(relay
            .http()
            .header("X-Twilio-Signature", "right")
            .send("POST", path, type, new byte[300_000])
            .status())
        .isEqualTo(413);
  }

  @Test
  void an_error_in_a_webhook_is_reported_and_answered_and_ends_nothing_else() {
    relay.slowAnswer.completeExceptionally(new AssertionError("for a test"));
    Http webhook = relay.http().header("X-Twilio-Signature", "slow");

    Http.Answer answer =
        webhook.send("POST", "/webhooks/twilio/flex", "text/plain", new byte[] {'x'});

    assertThat(answer.status()).isEqualTo(500);
    assertThat(relay.observer.broken).hasSize(1);
    assertThat(relay.http().get("/livez").status()).isEqualTo(200);
  }

  @Test
  void refusals_before_a_route_are_counted_too() {
    try (SlowClients clients = new SlowClients(relay)) {
      clients.send(
          1,
          "POST /api/v1/chat/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");

      Eventually.holds(
          "the refused request is counted",
          () -> relay.observer.answered.contains("POST (none) 400"));
    }
  }

  @Test
  void dead_letters_are_listed_retried_and_skipped() {
    Http agent = relay.agent("alice");
    relay
        .customer("Ana")
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    park(new ConversationId(Long.parseLong(id)), "lost words");
    String path = "/api/v1/deliveries/" + id + "-desk";

    JsonNode parked = agent.get("/api/v1/deliveries?state=parked").json().get("items");
    assertThat(parked).hasSize(1);
    assertThat(parked.get(0).get("id").textValue()).isEqualTo(id + "-desk");
    assertThat(parked.get(0).get("text").textValue()).isEqualTo("lost words");
    assertThat(parked.get(0).get("lastError").textValue()).isEqualTo("nobody is there");
    JsonNode conversation = agent.get("/api/v1/conversations/" + id).json();
    assertThat(conversation.get("lanes").toString()).contains("\"state\":\"parked\"");
    JsonNode failed = item(conversation, "lost words");
    assertThat(failed.get("delivery").textValue()).isEqualTo("failed");
    assertThat(failed.get("failure").textValue()).isEqualTo("nobody is there");

    assertThat(agent.post(path + "/skip", "").status()).isEqualTo(200);
    assertThat(agent.post(path + "/skip", "").status()).isEqualTo(409);
    assertThat(agent.post(path + "/retry", "").status()).isEqualTo(409);
    assertThat(agent.post("/api/v1/deliveries/999-desk/retry", "").status()).isEqualTo(404);
    assertThat(agent.post("/api/v1/deliveries/nonsense/retry", "").status()).isEqualTo(404);
    assertThat(agent.get("/api/v1/deliveries").json().get("items")).isEmpty();
    JsonNode skipped = item(agent.get("/api/v1/conversations/" + id).json(), "lost words");
    assertThat(skipped.get("delivery").textValue()).isEqualTo("failed");
    assertThat(skipped.get("failure").textValue()).isEqualTo("skipped by alice");
    assertThat(skipped.get("failureReason"))
        .hasToString("{\"code\":\"SKIPPED\",\"arguments\":{\"name\":\"alice\"}}");
  }

  @Test
  void why_a_delivery_failed_has_a_code_wherever_agents_read_it() {
    Http agent = relay.agent("alice");
    relay
        .customer("Ana")
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    ConversationId conversation = new ConversationId(Long.parseLong(id));
    String words = "given up after 8 attempts: Flex answered 503: again";
    park(conversation, "lost words", words);
    relay.store.write(transaction -> transaction.append(
        conversation,
        Destination.RECORD,
        Optional.empty(),
        new EntryContent.Notified(Notice.of(NoticeKind.DELIVERY_FAILED, "reason", words)),
        Optional.empty(),
        relay.clock.instant()));

    JsonNode transcript = agent.get("/api/v1/conversations/" + id).json();
    JsonNode parked = agent.get("/api/v1/deliveries").json().get("items").get(0);
    JsonNode reason = parked.get("failureReason");

    assertThat(reason.get("code").textValue()).isEqualTo("GIVEN_UP");
    assertThat(reason.get("arguments").get("attempts").textValue()).isEqualTo("8");
    assertThat(reason.get("cause").get("code").textValue()).isEqualTo("WORDS");
    assertThat(reason.get("cause").get("arguments").get("words").textValue())
        .isEqualTo("Flex answered 503: again");
    assertThat(item(transcript, "lost words").get("failureReason")).isEqualTo(reason);
    assertThat(item(transcript, "A message did not reach the other side: " + words)
            .get("failureReason"))
        .isEqualTo(reason);
    assertThat(item(transcript, "hi").has("failureReason")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "the case was solved, CASE_SOLVED",
    "it was passed to queue billing, MOVED",
    "the battery is empty, WORDS"
  })
  void why_a_handoff_was_withdrawn_and_a_conversation_ended_has_a_code(String words, String code) {
    Http agent = relay.agent("alice");
    relay
        .customer("Ana")
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    for (EntryContent content : List.of(
        new EntryContent.HandoffWithdrawn(words), new EntryContent.ConversationEnded(words))) {
      relay.store.write(transaction -> transaction.append(
          new ConversationId(Long.parseLong(id)),
          Destination.RECORD,
          Optional.empty(),
          content,
          Optional.empty(),
          relay.clock.instant()));
    }

    JsonNode transcript = agent.get("/api/v1/conversations/" + id).json().get("transcript");

    assertThat(transcript)
        .filteredOn(item -> item.get("text").textValue().equals(words))
        .hasSize(2)
        .allSatisfy(
            item -> assertThat(item.get("reason").get("code").textValue()).isEqualTo(code));
  }

  @Test
  void a_customer_without_a_name_has_none_at_the_desk() {
    Http agent = relay.agent("alice");
    relay
        .customer(Views.NAMELESS)
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");

    JsonNode row = agent.get("/api/v1/conversations").json().get("items").get(0);
    JsonNode read =
        agent.get("/api/v1/conversations/" + row.get("id").textValue()).json();

    assertThat(row.get("customer").get("displayName").textValue()).isEmpty();
    assertThat(read.get("customer").get("displayName").textValue()).isEmpty();
    assertThat(item(read, "hi").get("name").textValue()).isEmpty();
  }

  @Test
  void reasons_within_reasons_are_taken_apart_to_a_limit() {
    String words = "given up after 1 attempts: ".repeat(500) + "x";
    int depth = 0;

    for (Views.FailureReason reason = Views.FailureReason.of(words);
        reason != null;
        reason = reason.cause()) {
      depth++;
    }

    assertThat(depth).isEqualTo(4);
  }

  @Test
  void dead_letters_are_retried_and_skipped_by_port_and_reason() {
    Http agent = relay.agent("alice");
    relay
        .customer("Ana")
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    park(new ConversationId(Long.parseLong(id)), "lost words");
    String nowhere = "{\"port\":\"nowhere\"";

    assertThat(count(agent.post("/api/v1/deliveries/retry", "{\"port\":\"elsewhere\"}")))
        .isZero();
    assertThat(count(agent.post("/api/v1/deliveries/skip", nowhere + ",\"reason\":\"other\"}")))
        .isZero();
    assertThat(count(agent.post("/api/v1/deliveries/skip", nowhere + ",\"reason\":\"nobody\"}")))
        .isEqualTo(1);
    assertThat(count(agent.post("/api/v1/deliveries/skip", nowhere + "}"))).isZero();
    assertThat(agent.get("/api/v1/deliveries").json().get("items")).isEmpty();
    assertThat(agent.post("/api/v1/deliveries/retry", "{}").status()).isEqualTo(400);
    assertThat(agent.post("/api/v1/deliveries/retry", "{\"port\":\"A b\"}").status())
        .isEqualTo(400);
  }

  private static int count(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("count").intValue();
  }

  private static JsonNode item(JsonNode conversation, String text) {
    for (JsonNode item : conversation.get("transcript")) {
      if (item.get("text").textValue().equals(text)) {
        return item;
      }
    }
    throw new AssertionError("no such entry in " + conversation);
  }

  @Test
  void browsers_are_told_to_use_https_only_if_people_reach_relay_so() {
    assertThat(relay.http().get("/chat").header("Strict-Transport-Security")).isEmpty();
    try (TestServer secure = new TestServer(
        settings -> settings.seenAt(java.net.URI.create("https://help.example")), parts -> parts)) {
      for (String path : List.of("/chat", "/livez", "/api/v1/chat/status", "/nonsense")) {
        assertThat(secure.http().get(path).header("Strict-Transport-Security"))
            .as(path)
            .isEqualTo("max-age=31536000");
      }
      assertThat(secure.http().get("/a//b").header("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000");
    }
  }

  @Test
  void a_process_that_an_error_has_damaged_says_so() {
    relay.web.observer().broken("engine", new StackOverflowError());
    relay.web.observer().broken("engine", new AssertionError());
    assertThat(relay.http().get("/livez").status()).isEqualTo(200);

    relay.web.observer().broken("engine", new IllegalStateException(new OutOfMemoryError()));

    assertThat(relay.http().get("/livez").status()).isEqualTo(503);
    Http.Answer ready = relay.http().get("/readyz");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().get("components").get("memory").get("ready").booleanValue())
        .isFalse();
  }

  @Test
  void rejections_are_counted_by_route_and_without_what_was_sent() {
    relay.http().get("/api/v1/conversations/77");
    relay.http().get("/secret-words");

    Eventually.holds(
        "the refused request is counted",
        () -> relay.observer.answered.contains("GET /api/v1/conversations/{id} 401"));
    Eventually.holds(
        "the request without a route is counted",
        () -> relay.observer.answered.contains("GET (none) 404"));
    assertThat(relay.observer.answered.toString()).doesNotContain("secret-words");
  }

  /** Parks a lane with one message at a port that nobody handles. */
  private void park(ConversationId conversation, String text) {
    park(conversation, text, "nobody is there");
  }

  private void park(ConversationId conversation, String text, String reason) {
    PortId nowhere = new PortId("nowhere");
    relay.store.write(transaction -> {
      transaction.append(
          conversation,
          Destination.DESK,
          Optional.of(nowhere),
          new EntryContent.Said(Participant.agent("x", "X"), MessageBody.text(text)),
          Optional.empty(),
          relay.clock.instant());
      List<Claim> claims = transaction.claim(
          nowhere,
          relay.clock.instant(),
          relay.clock.instant().plus(Duration.ofMinutes(1)),
          "test",
          1);
      Claim claim = claims.get(0);
      return transaction.settle(
          claim.lane(),
          claim.epoch(),
          claim.head().sequence(),
          new Settlement.Park(reason, false),
          relay.clock.instant());
    });
  }

  private static String upload(Http agent, String name, String type) {
    String encoded = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8);
    return agent
        .send("POST", "/api/v1/attachments?filename=" + encoded, type, new byte[] {1, 2, 3})
        .json()
        .get("id")
        .textValue();
  }
}
