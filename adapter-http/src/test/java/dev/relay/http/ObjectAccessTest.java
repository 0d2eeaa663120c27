package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Customers see and change only what is theirs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ObjectAccessTest {
  private final TestServer relay = new TestServer();

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void customers_can_read_only_their_own_files_and_those_sent_to_them() {
    Http ana = relay.customer("Ana");
    Http ben = relay.customer("Ben");
    Http agent = relay.agent("alice");
    String anasFile = upload(ana, "/api/v1/chat/attachments", "ana.png");
    String agentsFile = upload(agent, "/api/v1/attachments", "answer.png");

    assertThat(ana.get("/api/v1/chat/attachments/" + anasFile).text()).isEqualTo("content");
    assertThat(ben.get("/api/v1/chat/attachments/" + anasFile).status()).isEqualTo(404);
    assertThat(agent.get("/api/v1/attachments/" + anasFile).text()).isEqualTo("content");
    assertThat(ana.get("/api/v1/chat/attachments/" + agentsFile).status()).isEqualTo(404);

    ana.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    agent.post("/api/v1/conversations/" + id + "/accept", "");
    Http.Answer sent = agent.post(
        "/api/v1/conversations/" + id + "/messages",
        "{\"text\":\"see\",\"attachments\":[\"" + agentsFile + "\"]}");

    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(ana.get("/api/v1/chat/attachments/" + agentsFile).text()).isEqualTo("content");
    assertThat(ben.get("/api/v1/chat/attachments/" + agentsFile).status()).isEqualTo(404);

    String messageId = sent.json().get("messageId").textValue();
    assertThat(agent
            .delete("/api/v1/conversations/" + id + "/messages/" + messageId)
            .status())
        .isEqualTo(202);
    assertThat(ana.get("/api/v1/chat/attachments/" + agentsFile).status()).isEqualTo(404);
  }

  @Test
  void nobody_can_send_a_file_that_somebody_else_uploaded() {
    Http ana = relay.customer("Ana");
    Http ben = relay.customer("Ben");
    String file = upload(ana, "/api/v1/chat/attachments", "ana.png");

    Http.Answer stolen = ben.post(
        "/api/v1/chat/messages",
        "{\"text\":\"x\",\"clientMessageId\":\"1\",\"attachments\":[\"" + file + "\"]}");

    assertThat(stolen.status()).isEqualTo(400);
    assertThat(stolen.json().get("field").textValue()).isEqualTo("attachments[0]");
  }

  @Test
  void a_stream_contains_only_the_customers_own_chat() {
    Http ana = relay.customer("Ana");
    Http ben = relay.customer("Ben");
    ben.post("/api/v1/chat/messages", "{\"text\":\"secret of Ben\",\"clientMessageId\":\"1\"}");
    try (EventReader events = ana.events("/api/v1/chat/events")) {
      ben.post("/api/v1/chat/messages", "{\"text\":\"more of Ben\",\"clientMessageId\":\"2\"}");
      ana.post("/api/v1/chat/messages", "{\"text\":\"words of Ana\",\"clientMessageId\":\"1\"}");

      events.awaitMessage("You said: words of Ana");

      assertThat(events.all().toString()).doesNotContain("Ben");
    }
  }

  @Test
  void customers_can_change_only_their_own_messages() {
    Http ana = relay.customer("Ana");
    Http ben = relay.customer("Ben");
    ana.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"a\"}");
    ben.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"b\"}");

    assertThat(ben.patch("/api/v1/chat/messages/a", "{\"text\":\"bad\"}").status())
        .isEqualTo(404);
    assertThat(ben.delete("/api/v1/chat/messages/a").status()).isEqualTo(404);
    assertThat(ana.patch("/api/v1/chat/messages/a", "{\"text\":\"hi\"}").status())
        .isEqualTo(202);
    assertThat(ana.delete("/api/v1/chat/messages/a").status()).isEqualTo(202);
  }

  @Test
  void one_agent_has_a_conversation_and_others_learn_who() {
    Http ana = relay.customer("Ana");
    ana.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    Http alice = relay.agent("alice");
    Http bob = relay.agent("bob");
    String id =
        alice.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();

    assertThat(alice.post("/api/v1/conversations/" + id + "/accept", "").status())
        .isEqualTo(200);
    assertThat(alice.post("/api/v1/conversations/" + id + "/accept", "").status())
        .isEqualTo(200);
    Http.Answer late = bob.post("/api/v1/conversations/" + id + "/accept", "");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().get("agent").textValue()).isEqualTo("Alice");
    Http.Answer foreign =
        bob.post("/api/v1/conversations/" + id + "/messages", "{\"text\":\"me\"}");
    assertThat(foreign.status()).isEqualTo(409);
    assertThat(bob.post("/api/v1/conversations/" + id + "/leave", "").status()).isEqualTo(409);
  }

  private static String upload(Http http, String path, String name) {
    Http.Answer answer = http.send(
        "POST",
        path + "?filename=" + name,
        "image/png",
        "content".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").textValue();
  }
}
