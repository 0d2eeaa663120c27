package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.relay.testkit.Eventually;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** A client that goes away in the middle of a request is no defect of Relay: nothing is logged as one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoneClientTest {
  private static final int FILE = 4 * 1024 * 1024;

  private final TestServer relay = new TestServer();

  @AfterAll
  void stop() {
    relay.close();
  }

  @TestFactory
  Stream<DynamicTest> a_request_that_is_cut_off() {
    String customer =
        "Authorization: " + relay.customer("Ana").headers().get("Authorization") + "\r\n";
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put(
        "JSON",
        "POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: application/json\r\nContent-Length: 600\r\n\r\n{\"text\":");
    requests.put(
        "chunked JSON",
        "POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tex");
    requests.put(
        "a bad chunk",
        "POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{\r\n");
    requests.put(
        "a bad second chunk",
        "POST /api/v1/chat/actions HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n-1\r\n");
    requests.put(
        "a webhook",
        "POST /webhooks/twilio/flex HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na");
    requests.put(
        "an upload",
        "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: image/png\r\nContent-Length: 60000\r\n\r\nabc");
    requests.put(
        "a chunked upload",
        "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\n" + customer
            + "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc");
    requests.put(
        "an upload with a bad chunk",
        "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\n"
            + customer + "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\nzzz\r\n");
    requests.put("headers", "GET /chat HTTP/1.1\r\nHost: x\r\nX-");
    requests.put("a greeting of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n");
    requests.put(
        "an event stream", "GET /api/v1/chat/events HTTP/1.1\r\nHost: x\r\n" + customer + "\r\n");
    requests.put("a page", "GET /assets/icons.svg HTTP/1.1\r\nHost: x\r\n\r\n");
    return requests.entrySet().stream()
        .map(each -> dynamicTest(each.getKey(), () -> {
          try (SlowClients clients = new SlowClients(relay)) {
            clients.send(5, each.getValue());
            assertThat(relay.http().get("/livez").status()).isEqualTo(200);
          }
          assertNothingIsReported();
        }));
  }

  @Test
  void a_file_that_is_no_longer_wanted_halfway() {
    Http customer = relay.customer("Ben");
    String id = customer
        .send("POST", "/api/v1/chat/attachments?filename=a", "image/png", new byte[FILE])
        .json()
        .get("id")
        .textValue();
    try (SlowClients clients = new SlowClients(relay)) {
      clients.send(
          5,
          "GET /api/v1/chat/attachments/" + id + " HTTP/1.1\r\nHost: x\r\n" + "Authorization: "
              + customer.headers().get("Authorization") + "\r\n\r\n");
      Eventually.holds("the file is being sent", () -> clients.holding() < 5);
    }
    assertNothingIsReported();
  }

  private void assertNothingIsReported() {
    Eventually.holds("nothing is under way", () -> relay.web.live().held().total() == 0);
    Eventually.holds("no stream is open", () -> relay.web.openStreams() == 0);
    assertThat(relay.observer.broken).isEmpty();
    assertThat(relay.observer.answered).noneMatch(answer -> answer.matches(".* 5\\d\\d"));
  }
}
