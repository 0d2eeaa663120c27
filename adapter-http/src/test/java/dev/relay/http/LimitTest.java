package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Limits on what a customer, who is a stranger, may send and upload. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LimitTest {
  private static final String MESSAGES = "/api/v1/chat/messages";

  @Test
  void a_customer_who_writes_faster_than_people_do_must_wait_and_others_need_not() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withMessages(3, 60))) {
      Http flooding = relay.customer("Flo");
      for (int i = 0; i < 3; i++) {
        assertThat(say(flooding, "m" + i).status()).isEqualTo(202);
      }

      Http.Answer refused = say(flooding, "m3");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 2L);
      assertThat(say(relay.customer("Ana"), "m0").status()).isEqualTo(202);

      relay.clock.advance(Duration.ofSeconds(1));
      assertThat(say(flooding, "m3").status()).isEqualTo(202);
      assertThat(say(flooding, "m4").status()).isEqualTo(429);
    }
  }

  @Test
  void edits_deletions_and_button_presses_count_as_messages_do() {
    try (TestServer relay = limited(AccessLimits.DEFAULT.withMessages(4, 60))) {
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
