package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Limits on what a customer, who is a stranger, may send and upload. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LimitTest {
  private static final String MESSAGES = "/api/v1/chat/messages";
  private static final String EVENTS = "/api/v1/chat/events";
  private static final AccessLimits.Shares SHARES = AccessLimits.Shares.DEFAULT;

  @Test
  void a_customer_who_writes_faster_than_people_do_must_wait_and_others_need_not() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withMessages(3, 1))) {
      Http flooding = relay.customer("Flo");
      for (int i = 0; i < 3; i++) {
        assertThat(say(flooding, "m" + i).status()).isEqualTo(202);
      }

      Http.Answer refused = say(flooding, "m3");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(30L, 61L);
      assertThat(say(relay.customer("Ana"), "m0").status()).isEqualTo(202);

      relay.clock.advance(Duration.ofMinutes(1));
      assertThat(say(flooding, "m3").status()).isEqualTo(202);
      assertThat(say(flooding, "m4").status()).isEqualTo(429);
    }
  }

  @Test
  void edits_deletions_and_button_presses_count_as_messages_do() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withMessages(4, 1))) {
      Http customer = relay.customer("Ana");
      say(customer, "m0");
      customer.patch(MESSAGES + "/m0", "{\"text\":\"hello there\"}");
      customer.post(
          "/api/v1/chat/actions", "{\"action\":\"that_helped\",\"clientMessageId\":\"a\"}");
      customer.delete(MESSAGES + "/m0");

      assertThat(customer.delete(MESSAGES + "/m0").status()).isEqualTo(429);
      assertThat(customer.patch(MESSAGES + "/m0", "{\"text\":\"x\"}").status()).isEqualTo(429);
      assertThat(customer
              .post(
                  "/api/v1/chat/actions",
                  "{\"action\":\"talk_to_person\",\"clientMessageId\":\"b\"}")
              .status())
          .isEqualTo(429);
      assertThat(customer.get("/api/v1/chat/status").status()).isEqualTo(200);
    }
  }

  @Test
  void the_files_of_one_chat_have_a_total_that_is_restored_after_an_hour() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withUploads(100, 10_000, 100_000))) {
      Http customer = relay.customer("Ana");
      assertThat(upload(customer, 6_000).status()).isEqualTo(201);

      assertThat(upload(customer, 6_000).status()).isEqualTo(429);
      assertThat(upload(customer, 4_000).status()).isEqualTo(201);
      assertThat(upload(relay.customer("Ben"), 6_000).status()).isEqualTo(201);
      assertThat(upload(customer, 10_001).status()).isEqualTo(413);

      relay.clock.advance(Duration.ofHours(1));
      assertThat(upload(customer, 6_000).status()).isEqualTo(201);
    }
  }

  @Test
  void all_chats_together_have_a_total_too() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withUploads(100, 10_000, 15_000))) {
      assertThat(upload(relay.customer("Ana"), 8_000).status()).isEqualTo(201);

      Http.Answer refused = upload(relay.customer("Ben"), 8_000);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 3_601L);
      assertThat(upload(relay.customer("Cem"), 7_000).status()).isEqualTo(201);
    }
  }

  @Test
  void a_refused_file_does_not_count_towards_the_total() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withUploads(100, 10_000, 10_000))) {
      Http customer = relay.customer("Ana");
      for (int i = 0; i < 3; i++) {
        assertThat(customer
                .send(
                    "POST",
                    "/api/v1/chat/attachments?filename=a",
                    "multipart/form-data",
                    new byte[9_000])
                .status())
            .isEqualTo(415);
      }

      assertThat(upload(customer, 9_000).status()).isEqualTo(201);
    }
  }

  @Test
  void the_text_of_an_address_is_limited_and_restored_after_an_hour() {
    try (TestServer relay = behindProxy(SHARES.withText(3_000, 1_000_000))) {
      Http ana = from("203.0.113.1", relay);
      assertThat(say(ana, "m0", 2_000)).isEqualTo(202);

      assertThat(say(ana, "m1", 600)).isEqualTo(429);
      assertThat(say(from("203.0.113.2", relay), "m0", 2_000)).isEqualTo(202);

      relay.clock.advance(Duration.ofHours(1));
      assertThat(say(ana, "m1", 600)).isEqualTo(202);
    }
  }

  @Test
  void text_counts_in_bytes_and_every_session_edit_deletion_and_button_press_counts_too() {
    try (TestServer relay = behindProxy(SHARES.withText(2_000, 1_000_000))) {
      Http ana = from("203.0.113.1", relay);
      assertThat(
              ana.post(MESSAGES, "{\"text\":\"" + "字".repeat(500) + "\",\"clientMessageId\":\"a\"}")
                  .status())
          .isEqualTo(429);
      assertThat(say(ana, "m0", 700)).isEqualTo(202);

      assertThat(ana.patch(MESSAGES + "/m0", "{\"text\":\"" + "x".repeat(700) + "\"}")
              .status())
          .isEqualTo(429);
      assertThat(ana.delete(MESSAGES + "/m0").status()).isEqualTo(202);
      assertThat(ana.post("/api/v1/chat/actions", "{\"action\":\"end\",\"clientMessageId\":\"b\"}")
              .status())
          .isEqualTo(202);
      assertThat(relay
              .http()
              .header("X-Forwarded-For", "203.0.113.1")
              .post("/api/v1/chat/sessions", "{\"displayName\":\"" + "字".repeat(90) + "\"}")
              .status())
          .isEqualTo(429);
    }
  }

  @Test
  void the_text_of_all_addresses_together_is_limited_and_agents_are_not() {
    try (TestServer relay = behindProxy(SHARES.withText(10_000, 5_000))) {
      assertThat(say(from("203.0.113.1", relay), "m0", 4_400)).isEqualTo(202);
      Http.Answer refused = relay
          .http()
          .header("X-Forwarded-For", "203.0.113.2")
          .post("/api/v1/chat/sessions", "{\"displayName\":\"" + "x".repeat(100) + "\"}");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(3_000L, 3_601L);
      Http agent = relay.agent("alice");
      String id = agent
          .get("/api/v1/conversations")
          .json()
          .get("items")
          .get(0)
          .get("id")
          .textValue();
      agent.post("/api/v1/conversations/" + id + "/accept", "");
      assertThat(agent
              .post(
                  "/api/v1/conversations/" + id + "/messages",
                  "{\"text\":\"" + "x".repeat(9_000) + "\"}")
              .status())
          .isEqualTo(202);
    }
  }

  @Test
  void the_files_of_an_address_are_limited() {
    try (TestServer relay = behindProxy(SHARES.withUploads(10_000))) {
      assertThat(upload(from("203.0.113.1", relay), 6_000).status()).isEqualTo(201);

      assertThat(upload(from("203.0.113.1", relay), 6_000).status()).isEqualTo(429);
      assertThat(upload(from("203.0.113.2", relay), 6_000).status()).isEqualTo(201);
    }
  }

  @Test
  void stalled_uploads_take_nothing_from_the_total() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withUploads(100, 50_000, 50_000));
        SlowClients slow = new SlowClients(relay)) {
      Http customer = relay.customer("Slow");
      slow.send(
          20,
          "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\nAuthorization: "
              + customer.headers().get("Authorization")
              + "\r\nContent-Type: image/png\r\nContent-Length: 4000\r\n\r\nx");

      assertThat(upload(relay.customer("Ana"), 40_000).status()).isEqualTo(201);
      assertThat(slow.holding()).isEqualTo(20);
    }
  }

  @Test
  void the_event_streams_of_an_address_are_limited_and_an_ipv6_network_is_one_address() {
    try (TestServer relay = behindProxy(SHARES.withStreams(2))) {
      List<EventReader> open = new ArrayList<>();
      for (String address : List.of("2001:db8::1", "2001:db8::2")) {
        open.add(from(address, relay).events(EVENTS));
      }
      open.forEach(stream -> stream.awaitCount("status", 1));

      assertThat(from("2001:db8::3", relay).get(EVENTS).status()).isEqualTo(429);
      open.add(from("2001:db8:0:1::1", relay).events(EVENTS));
      open.add(from("192.0.2.1", relay).events(EVENTS));
      open.add(relay
          .agent("alice")
          .header("X-Forwarded-For", "2001:db8::4")
          .events("/api/v1/desk/events"));
      assertThat(open).allMatch(stream -> stream.status() == 200);

      open.get(0).close();
      Eventually.holds("its place is free", () -> relay.web.openStreams() == 4);
      open.add(from("2001:db8::3", relay).events(EVENTS));
      assertThat(open.get(5).status()).isEqualTo(200);
      open.forEach(EventReader::close);
    }
  }

  @Test
  void a_chat_that_reads_faster_than_pages_do_must_wait_and_others_need_not() {
    try (TestServer relay = behindProxy(SHARES.withReads(3, 1))) {
      Http customer = from("203.0.113.1", relay);
      for (int i = 0; i < 3; i++) {
        assertThat(customer.get("/api/v1/chat/status").status()).isEqualTo(200);
      }

      assertThat(customer.get("/api/v1/chat/status").status()).isEqualTo(429);
      assertThat(customer.get("/api/v1/chat/attachments/x").status()).isEqualTo(429);
      assertThat(customer.get(EVENTS).status()).isEqualTo(429);
      assertThat(from("203.0.113.1", relay).get("/api/v1/chat/status").status()).isEqualTo(200);
      assertThat(say(customer, "m0").status()).isEqualTo(202);

      relay.clock.advance(Duration.ofMinutes(1));
      assertThat(customer.get("/api/v1/chat/status").status()).isEqualTo(200);
    }
  }

  private static TestServer behindProxy(AccessLimits.Shares shares) {
    return new TestServer(
        settings -> settings
            .trusting(Set.of("127.0.0.1"))
            .withLimits(TestServer.PATIENT.withShares(shares)),
        parts -> parts);
  }

  /** Returns a customer who writes from that address. */
  private static Http from(String address, TestServer relay) {
    Http there = relay.http().header("X-Forwarded-For", address);
    String token = there.post("/api/v1/chat/sessions", "{}").json().get("token").textValue();
    return there.bearer(token);
  }

  private static int say(Http customer, String id, int characters) {
    return customer
        .post(
            MESSAGES,
            "{\"text\":\"" + id + "x".repeat(characters - 2) + "\",\"clientMessageId\":\"" + id
                + "\"}")
        .status();
  }

  private static TestServer limited(AccessLimits limits) {
    return new TestServer(settings -> settings.withLimits(limits), parts -> parts);
  }

  private static Http.Answer say(Http customer, String id) {
    return customer.post(MESSAGES, "{\"text\":\"hi\",\"clientMessageId\":\"" + id + "\"}");
  }

  private static Http.Answer upload(Http customer, int bytes) {
    return customer.send(
        "POST", "/api/v1/chat/attachments?filename=a.png", "image/png", new byte[bytes]);
  }
}
