package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Requests in flight when the server stops, and requests that never end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StopTest {
  private static final String WEBHOOK = "/webhooks/twilio/flex";

  @Test
  void a_request_in_flight_gets_its_answer_while_new_ones_are_refused() throws Exception {
    try (TestServer relay = new TestServer()) {
      CompletableFuture<Http.Answer> answer = CompletableFuture.supplyAsync(() -> relay
          .http()
          .header("X-Twilio-Signature", "slow")
          .send("POST", WEBHOOK, "text/plain", new byte[] {'x'}));
      relay.slowlyAsked.await();

      int port = relay.server.port();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(relay.server::stop);
      Eventually.holds("the port refuses connections", () -> refuses(port));
      assertThat(answer).isNotDone();
      relay.slowAnswer.complete(new WebhookRoute.Answer(200, "text/plain", "late", Map.of()));

      assertThat(answer.get(20, TimeUnit.SECONDS).text()).isEqualTo("late");
      stopping.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void requests_that_have_not_arrived_whole_do_not_delay_the_stop() throws Exception {
    try (TestServer relay = new TestServer(
            settings -> settings.stoppingWithin(Duration.ofMinutes(5)), parts -> parts);
        SlowClients slow = new SlowClients(relay)) {
      Http customer = relay.customer("Ana");
      slow.send(
          10, "POST /api/v1/chat/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 600\r\n\r\n{");
      slow.send(
          10,
          "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\nAuthorization: "
              + customer.headers().get("Authorization")
              + "\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\nx");
      Eventually.holds(
          "the bodies have begun", () -> relay.web.live().held().total() >= 20 * 8 * 1024);

      CompletableFuture.runAsync(relay.server::stop).get(20, TimeUnit.SECONDS);

      assertThat(relay.observer.broken).isEmpty();
    }
  }

  @Test
  void a_body_sent_byte_by_byte_is_cut_off() throws IOException {
    try (TestServer relay = new TestServer()) {
      String token = relay.customer("Ana").headers().getOrDefault("Authorization", "");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.server.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(("POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));

        Eventually.holds("the body is arriving", () -> relay.web.live().held().total() > 0);
        relay.web.live().held().cutOffSlow(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
        String answer = dripUntilAnswered(socket);

        assertThat(answer).matches("(?s)(HTTP/1.1 408 .*)?");
      }
      assertThat(relay.observer.broken).isEmpty();
    }
  }

  @Test
  void a_server_that_could_not_listen_is_stopped_without_harm() {
    try (TestServer relay = new TestServer()) {
      HttpServer second = HttpServer.builder(
              relay.relay,
              relay.store,
              new TestKnowledge(),
              new WebPorts(StreamLimits.DEFAULT, relay.observer))
          .settings(HttpSettings.DEFAULT.listeningOn("127.0.0.1", relay.server.port()))
          .build();

      assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class);
      second.stop();

      assertThat(relay.http().get("/livez").status()).isEqualTo(200);
    }
  }

  /** Sends a byte every twentieth of a second; returns the answer, empty if the connection was cut. */
  private static String dripUntilAnswered(Socket socket) throws IOException {
    socket.setSoTimeout(50);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8_192];
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < deadline) {
      try {
        socket.getOutputStream().write(' ');
        int read = in.read(buffer);
        return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.UTF_8);
      } catch (SocketTimeoutException nothingYet) {
        // The next byte follows.
      } catch (SocketException cut) {
        return "";
      }
    }
    throw new AssertionError("the server goes on waiting for a body that never ends");
  }

  private static boolean refuses(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      socket
          .getOutputStream()
          .write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readNBytes(12);
      return !new String(answer, StandardCharsets.UTF_8).equals("HTTP/1.1 200");
    } catch (IOException refused) {
      return true;
    }
  }
}
