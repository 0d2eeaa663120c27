package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pictures of agents, for agents and for customers of the web chat. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentPictureTest {
  private static final String OWN = "/api/v1/agents/me/picture";
  private static final String PICTURES = "/api/v1/pictures/";

  private final TestServer relay = new TestServer();

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void customers_see_the_picture_of_the_agent_who_writes_and_never_the_user_name()
      throws IOException {
    Http agent = relay.agent("alice");
    String id = stored(agent.send("PUT", OWN, "image/png", drawn("png", 64)));
    Http customer = relay.customer("Ana");
    String conversation = relay.waiting(customer, agent);
    agent.post("/api/v1/conversations/" + conversation + "/accept", "");
    agent.post(
        "/api/v1/conversations/" + conversation + "/messages",
        "{\"text\":\"Hello\",\"clientMessageId\":\"x\"}");

    try (EventReader chat = customer.events("/api/v1/chat/events")) {
      JsonNode message = chat.awaitMessage("Hello").data();
      assertThat(message.get("picture").textValue()).isEqualTo(id);
      assertThat(message.toString()).doesNotContain("alice");
      assertThat(chat.awaitMessage("a person").data().has("picture")).isFalse();
      chat.await(event -> event.name().equals("status")
          && event.data().path("agentPicture").asText("").equals(id));
    }
    assertThat(customer.get("/api/v1/chat/status").json().get("agentPicture").textValue())
        .isEqualTo(id);
    assertThat(customer.get("/api/v1/chat/messages").text()).contains(id);
  }

  @Test
  void a_picture_is_read_without_a_token_and_kept_for_ever_as_what_it_is() throws IOException {
    byte[] content = drawn("jpeg", 64);
    String id = stored(relay.agent("bea").send("PUT", OWN, "image/jpeg", content));

    Http.Answer read = relay.http().get(PICTURES + id);

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(read.header("Cache-Control")).contains("immutable");
    assertThat(read.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(relay.http().get(PICTURES + "0").status()).isEqualTo(404);
  }

  @Test
  void only_small_pictures_are_accepted() throws IOException {
    Http agent = relay.agent("cleo");
    byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

    assertThat(agent.send("PUT", OWN, "image/png", page).status()).isEqualTo(400);
    assertThat(agent.send("PUT", OWN, "image/png", drawn("png", 1_025)).text())
        .contains("not-a-picture", "1025 × 1025 pixels");
    assertThat(agent.send("PUT", OWN, "image/svg+xml", page).status()).isEqualTo(415);
    byte[] tooLong = Arrays.copyOf(drawn("png", 64), 64 * 1024 + 1);
    assertThat(agent.send("PUT", OWN, "image/png", tooLong).status()).isEqualTo(413);
    assertThat(agent.get(OWN).json().get("picture").isNull()).isTrue();
  }

  @Test
  void an_agent_removes_the_own_picture_and_an_admin_anybodys() throws IOException {
    Http dora = relay.agent("dora", Role.AGENT);
    Http eva = relay.agent("eva", Role.SUPERVISOR);
    String ofDora = stored(dora.send("PUT", OWN, "image/png", drawn("png", 10)));
    String ofEva = stored(eva.send("PUT", OWN, "image/png", drawn("png", 11)));

    assertThat(eva.delete("/api/v1/agents/dora/picture").status()).isEqualTo(403);
    assertThat(eva.delete(OWN).status()).isEqualTo(204);
    assertThat(relay.http().get(PICTURES + ofEva).status()).isEqualTo(404);
    assertThat(relay.http().get(PICTURES + ofDora).status()).isEqualTo(200);
    assertThat(relay
            .agent("root", Role.ADMIN)
            .delete("/api/v1/agents/Dora/picture")
            .status())
        .isEqualTo(204);
    assertThat(dora.get(OWN).json().get("picture").isNull()).isTrue();
    assertThat(relay.http().get(PICTURES + ofDora).status()).isEqualTo(404);
  }

  private static String stored(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("picture").textValue();
  }

  private static byte[] drawn(String format, int edge) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
