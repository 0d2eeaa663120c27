package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Event streams: nothing lost, nothing duplicated, bounded. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LiveTest {
  private static final String EVENTS = "/api/v1/chat/events";

  @Test
  void a_stream_continues_after_the_last_received_event() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      say(customer, "one", "1");
      String last;
      try (EventReader stream = customer.events(EVENTS)) {
        last = stream.awaitMessage("You said: one").id();
      }
      say(customer, "two", "2");

      try (EventReader again = customer.header("Last-Event-ID", last).events(EVENTS)) {
        again.awaitMessage("You said: two");

        assertThat(again.named("message"))
            .extracting(event -> event.data().get("text").textValue())
            .containsExactly("two", "You said: two");
      }
      assertThat(customer.header("Last-Event-ID", "x").get(EVENTS).status()).isEqualTo(400);
    }
  }

  @Test
  void nothing_is_lost_or_duplicated_while_many_write_and_clients_reconnect()
      throws InterruptedException {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      int writers = 4;
      int each = 25;
      CountDownLatch done = new CountDownLatch(writers);
      for (int w = 0; w < writers; w++) {
        String name = "w" + w;
        new Thread(() -> {
              for (int i = 0; i < each; i++) {
                say(customer, name + "-" + i, name + "-" + i);
              }
              done.countDown();
            })
            .start();
      }

      List<String> seen = new ArrayList<>();
      String last = "0";
      int wanted = 2 * writers * each;
      while (seen.size() < wanted) {
        try (EventReader stream = customer.header("Last-Event-ID", last).events(EVENTS)) {
          stream.awaitCount("message", Math.min(20, wanted - seen.size()));
          for (EventReader.Event event : stream.named("message")) {
            seen.add(event.id());
            last = event.id();
          }
        }
      }
      done.await();

      assertThat(seen).doesNotHaveDuplicates().hasSize(wanted);
      assertThat(seen)
          .isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
    }
  }

  @Test
  void a_repeated_message_gets_the_same_answer_and_is_stored_once() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      Http.Answer first = say(customer, "hello", "same");
      Http.Answer again = say(customer, "hello", "same");

      assertThat(again.status()).isEqualTo(202);
      assertThat(again.json()).isEqualTo(first.json());
      try (EventReader stream = customer.events(EVENTS)) {
        stream.awaitMessage("You said: hello");
        say(customer, "bye", "other");
        stream.awaitMessage("You said: bye");
        assertThat(stream.named("message"))
            .filteredOn(event -> event.data().get("text").textValue().equals("hello"))
            .hasSize(1);
      }
    }
  }

  @Test
  void an_agents_repeated_message_is_stored_once_too() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      Http agent = relay.agent("alice");
      say(customer, "hello", "1");
      String id = agent
          .get("/api/v1/conversations")
          .json()
          .get("items")
          .get(0)
          .get("id")
          .textValue();
      agent.post("/api/v1/conversations/" + id + "/accept", "");
      String path = "/api/v1/conversations/" + id + "/messages";
      String body = "{\"text\":\"hi Ana\",\"clientMessageId\":\"x\"}";

      assertThat(agent.post(path, body).json()).isEqualTo(agent.post(path, body).json());

      assertThat(agent.get("/api/v1/conversations/" + id).json().get("transcript"))
          .filteredOn(item -> item.get("text").textValue().equals("hi Ana"))
          .hasSize(1);
    }
  }

  @Test
  void own_messages_are_reported_as_delivered_and_edits_and_deletions_are_shown() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      try (EventReader stream = customer.events(EVENTS)) {
        String id = say(customer, "hello", "1").json().get("messageId").textValue();
        stream.await(event -> event.name().equals("delivery")
            && event.data().get("id").textValue().equals(id)
            && event.data().get("state").textValue().equals("delivered"));

        customer.patch("/api/v1/chat/messages/1", "{\"text\":\"hello there\"}");
        stream.await(event -> event.name().equals("edit")
            && event.data().get("target").textValue().equals(id)
            && event.data().get("text").textValue().equals("hello there"));

        customer.delete("/api/v1/chat/messages/1");
        stream.await(event -> event.name().equals("delete")
            && event.data().get("target").textValue().equals(id));
      }
      try (EventReader later = customer.events(EVENTS)) {
        later.await(event -> event.name().equals("delete"));
        assertThat(later.named("message").toString()).doesNotContain("\"hello\"");
      }
    }
  }

  @Test
  void heartbeats_keep_a_quiet_stream_open() {
    try (TestServer relay = new TestServer()) {
      try (EventReader stream = relay.customer("Ana").events(EVENTS)) {
        stream.awaitComments(3);

        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
      }
    }
  }

  @Test
  void a_stream_beyond_the_sessions_limit_ends_its_oldest() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      List<EventReader> streams = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        streams.add(customer.events(EVENTS));
        streams.get(i).awaitCount("status", 1);
      }

      try (EventReader ninth = customer.events(EVENTS)) {
        ninth.awaitCount("status", 1);
        streams.get(0).awaitEnd();
        assertThat(streams.get(7).isOpen()).isTrue();
      }
      streams.forEach(EventReader::close);
    }
  }

  @Test
  void an_installation_has_a_bounded_number_of_streams() {
    StreamLimits two = new StreamLimits(Duration.ofMillis(160), Duration.ofSeconds(1), 2, 0, 2);
    try (TestServer relay = new TestServer(two, settings -> settings, parts -> parts)) {
      try (EventReader first = relay.customer("Ana").events(EVENTS);
          EventReader second = relay.customer("Ben").events(EVENTS)) {
        first.awaitCount("status", 1);
        second.awaitCount("status", 1);

        Http.Answer third = relay.customer("Cem").get(EVENTS);

        assertThat(third.status()).isEqualTo(503);
        assertThat(third.header("Retry-After")).isNotBlank();
      }
      Eventually.holds("no stream is open", () -> relay.web.openStreams() == 0);
    }
  }

  @Test
  void customers_cannot_take_the_streams_reserved_for_agents() {
    StreamLimits three = new StreamLimits(Duration.ofMillis(160), Duration.ofSeconds(1), 3, 1, 2);
    try (TestServer relay = new TestServer(three, settings -> settings, parts -> parts)) {
      Http agent = relay.agent("alice");
      try (EventReader first = relay.customer("Ana").events(EVENTS);
          EventReader second = relay.customer("Ben").events(EVENTS)) {
        first.awaitCount("status", 1);
        second.awaitCount("status", 1);
        assertThat(relay.customer("Cem").get(EVENTS).status()).isEqualTo(503);

        try (EventReader desk = agent.events("/api/v1/desk/events")) {
          desk.awaitCount("summary", 1);
        }
      }
    }
  }

  @Test
  void a_head_request_opens_no_stream() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      Http agent = relay.agent("alice");

      Http.Answer chat = customer.send("HEAD", EVENTS, "", new byte[0]);
      Http.Answer desk = agent.send("HEAD", "/api/v1/desk/events", "", new byte[0]);

      assertThat(chat.status()).isEqualTo(200);
      assertThat(chat.header("Content-Type")).startsWith("text/event-stream");
      assertThat(desk.status()).isEqualTo(200);
      assertThat(relay.web.openStreams()).isZero();
    }
  }

  @Test
  void a_client_that_does_not_read_is_dropped_and_delays_nobody() throws IOException {
    try (TestServer relay = new TestServer()) {
      Http slow = relay.customer("Slow");
      for (int i = 0; i < 400; i++) {
        say(slow, "x".repeat(15_000), "m" + i);
      }
      try (Socket socket = new Socket()) {
        socket.setReceiveBufferSize(4_096);
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.server.port()));
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + EVENTS + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + slow.headers().get("Authorization") + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
        out.flush();
        Eventually.holds("the stream is open", () -> relay.web.openStreams() == 1);

        Http customer = relay.customer("Ana");
        try (EventReader stream = customer.events(EVENTS)) {
          say(customer, "quick", "1");
          stream.awaitMessage("You said: quick");
        }
        Eventually.holds("no stream is open", () -> relay.web.openStreams() == 0);
      }
    }
  }

  @Test
  void stopping_ends_streams_and_refuses_new_requests() {
    TestServer relay = new TestServer();
    Http customer = relay.customer("Ana");
    try (EventReader stream = customer.events(EVENTS)) {
      stream.awaitCount("status", 1);

      relay.close();

      stream.awaitEnd();
      Eventually.holds("no stream is open", () -> relay.web.openStreams() == 0);
    }
  }

  private static Http.Answer say(Http customer, String text, String id) {
    Http.Answer answer = customer.post(
        "/api/v1/chat/messages", "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + id + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer;
  }
}
