package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Articles that customers read in the chat. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChatArticleTest {
  private static final String ARTICLES = "/api/v1/chat/articles/";

  private final TestServer relay = new TestServer();
  private final Http ana = relay.customer("Ana");

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_customer_reads_a_whole_article() {
    JsonNode article = ana.get(ARTICLES + "reset-password").json();

    assertThat(article.get("title").textValue()).isEqualTo("Password reset");
    assertThat(article.get("text").textValue()).isEqualTo("How it goes: Password reset");
    assertThat(article.get("url").textValue()).isEqualTo("https://example.org/reset-password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refund-rules", "unknown", "%3Cb%3E", "a%20b"})
  void what_is_internal_or_unknown_does_not_exist_for_a_customer(String id) {
    assertThat(ana.get(ARTICLES + id).status()).isEqualTo(404);
  }
}
