package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.relay.http.chat.AttachmentRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Whatever is sent, the answer is a clear problem document and nothing changes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputTest {
  private static final String MESSAGES = "/api/v1/chat/messages";
  private final TestServer relay = new TestServer();
  private Http customer = relay.http();
  private Http agent = relay.http();

  @BeforeAll
  void log_in() {
    customer = relay.customer("Ana");
    agent = relay.agent("alice");
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  @TestFactory
  Stream<DynamicTest> a_wrong_body_is_refused_with_what_is_wrong() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("", "not-json");
    bodies.put("null", "not-json");
    bodies.put("[]", "not-json");
    bodies.put("\"x\"", "not-json");
    bodies.put("{", "not-json");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\"} x", "not-json");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\"}{}", "not-json");
    bodies.put("{\"text\":\"x\",\"text\":\"y\",\"clientMessageId\":\"1\"}", "not-json");
    bodies.put("{'text':'x','clientMessageId':'1'}", "not-json");
    bodies.put("{\"text\":NaN,\"clientMessageId\":\"1\"}", "not-json");
    bodies.put("{\"attachments\":" + "[".repeat(30) + "]".repeat(30) + "}", "not-json");
    bodies.put("{\"text\":" + "9".repeat(500) + "}", "not-json");
    bodies.put("{\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\" \\n\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":null,\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":7,\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":{\"a\":1},\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"a\\u0000b\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"\\ud83d\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"\\ude00\\ud83d\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"" + "x".repeat(16_001) + "\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"" + "x".repeat(100_000) + "\",\"clientMessageId\":\"1\"}", "text");
    bodies.put("{\"text\":\"x\"}", "clientMessageId");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"\"}", "clientMessageId");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":1}", "clientMessageId");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"a b\"}", "clientMessageId");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"../x\"}", "clientMessageId");
    bodies.put(
        "{\"text\":\"x\",\"clientMessageId\":\"" + "x".repeat(101) + "\"}", "clientMessageId");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\",\"author\":\"agent\"}", "author");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\",\"__proto__\":{}}", "__proto__");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\",\"attachments\":7}", "attachments");
    bodies.put("{\"text\":\"x\",\"clientMessageId\":\"1\",\"attachments\":[7]}", "attachments[0]");
    bodies.put(
        "{\"text\":\"x\",\"clientMessageId\":\"1\",\"attachments\":[\"none\"]}", "attachments[0]");
    bodies.put(
        "{\"text\":\"x\",\"clientMessageId\":\"1\",\"attachments\":[" + "\"a\",".repeat(10)
            + "\"a\"]}",
        "attachments");
    return bodies.entrySet().stream()
        .map(each -> dynamicTest(shown(each.getKey()), () -> {
          Http.Answer answer = each.getKey().isEmpty()
              ? customer.header("Content-Type", "application/json").post(MESSAGES, "")
              : customer.post(MESSAGES, each.getKey());
          assertThat(answer.status()).as(answer.text()).isEqualTo(400);
          assertThat(answer.text()).contains(each.getValue());
          if (!each.getValue().equals("not-json")) {
            assertThat(answer.json().get("field").textValue()).isEqualTo(each.getValue());
          }
          assertNothingLeaks(answer);
        }));
  }

  @TestFactory
  Stream<DynamicTest> every_reading_route_refuses_a_wrong_parameter() {
    return Stream.of(
            "/api/v1/conversations?state=nonsense",
            "/api/v1/conversations?limit=0",
            "/api/v1/conversations?limit=101",
            "/api/v1/conversations?limit=x",
            "/api/v1/conversations?after=-1",
            "/api/v1/conversations?state=waiting&after=7",
            "/api/v1/conversations?state=waiting&after=99999999999999999.000000000-1",
            "/api/v1/conversations?after=99999999999999999999",
            "/api/v1/conversations?mine=perhaps",
            "/api/v1/conversations?customer=a",
            "/api/v1/conversations?state=bot&state=live",
            "/api/v1/conversations/1?limit=501",
            "/api/v1/cases?status=nonsense",
            "/api/v1/cases?kind=nonsense",
            "/api/v1/cases?q=" + "x".repeat(201),
            "/api/v1/cases?q=a%00b",
            "/api/v1/knowledge/search",
            "/api/v1/knowledge/search?q=x&lang=%3Cscript%3E",
            "/api/v1/knowledge/search?q=" + "x".repeat(2_001),
            "/api/v1/deliveries?state=sent",
            "/api/v1/deliveries?after=nonsense",
            "/api/v1/desk/events?conversation=x",
            "/api/v1/desk/events?" + "conversation=1&".repeat(21))
        .map(path -> dynamicTest(shown(path), () -> {
          Http.Answer answer = agent.get(path);
          assertThat(answer.status()).as(answer.text()).isEqualTo(400);
          assertThat(answer.json().get("field").textValue()).isNotBlank();
          assertNothingLeaks(answer);
        }));
  }

  @TestFactory
  Stream<DynamicTest> what_is_not_there_is_not_found() {
    return Stream.of(
            "/nonsense",
            "/api",
            "/api/v1/conversations/x",
            "/api/v1/conversations/0",
            "/api/v1/conversations/999999999999999999",
            "/api/v1/conversations/1%20or%201=1",
            "/api/v1/cases/-1",
            "/api/v1/cases/4711",
            "/api/v1/attachments/none",
            "/assets/nonsense.js",
            "/assets/chat.html",
            "/assets/.hidden",
            "/desk/nonsense",
            "/CHAT",
            "/chat/")
        .map(path -> dynamicTest(path, () -> {
          Http.Answer answer = agent.get(path);
          assertThat(answer.status()).isEqualTo(404);
          assertThat(answer.json().get("status").intValue()).isEqualTo(404);
          assertNothingLeaks(answer);
        }));
  }

  @TestFactory
  Stream<DynamicTest> case_and_account_fields_are_checked() {
    List<String[]> calls = new ArrayList<>();
    calls.add(new String[] {"/api/v1/cases", "{\"kind\":\"BUG\",\"subject\":\"x\"}", "customerId"});
    calls.add(new String[] {
      "/api/v1/cases", "{\"customerId\":\"1\",\"kind\":\"X\",\"subject\":\"x\"}", "kind"
    });
    calls.add(new String[] {
      "/api/v1/cases", "{\"customerId\":\"77\",\"kind\":\"BUG\",\"subject\":\"x\"}", "customerId"
    });
    calls.add(new String[] {
      "/api/v1/cases", "{\"customerId\":\"1\",\"kind\":\"BUG\",\"subject\":\"a\\nb\"}", "subject"
    });
    calls.add(new String[] {
      "/api/v1/cases",
      "{\"customerId\":\"1\",\"kind\":\"BUG\",\"subject\":\"x\",\"queue\":\"A b\"}",
      "queue"
    });
    calls.add(new String[] {
      "/api/v1/cases",
      "{\"customerId\":\"1\",\"kind\":\"BUG\",\"subject\":\"x\",\"tags\":[\"" + "x".repeat(51)
          + "\"]}",
      "tags[0]"
    });
    calls.add(new String[] {"/api/v1/agents/login", "{\"username\":\"alice\"}", "password"});
    calls.add(new String[] {"/api/v1/agents/tokens", "{\"label\":\"\"}", "label"});
    calls.add(new String[] {
      "/api/v1/agents/tokens", "{\"label\":\"x\",\"expiresInDays\":1.5}", "expiresInDays"
    });
    calls.add(new String[] {
      "/api/v1/agents/password",
      "{\"currentPassword\":\"x\",\"newPassword\":\"short\"}",
      "newPassword"
    });
    calls.add(new String[] {
      "/api/v1/announcements", "{\"title\":\"x\",\"url\":\"javascript:alert(1)\"}", "url"
    });
    calls.add(
        new String[] {"/api/v1/chat/sessions", "{\"displayName\":\"a\\u001bb\"}", "displayName"});
    calls.add(new String[] {"/api/v1/chat/sessions", "{\"locale\":\"<b>\"}", "locale"});
    return calls.stream()
        .map(call -> dynamicTest(call[0] + " " + shown(call[1]), () -> {
          Http.Answer answer = agent.post(call[0], call[1]);
          assertThat(answer.status()).as(answer.text()).isEqualTo(400);
          assertThat(answer.json().get("field").textValue()).isEqualTo(call[2]);
          assertNothingLeaks(answer);
        }));
  }

  @Test
  void an_overlong_body_is_refused_with_or_without_a_declared_length() {
    byte[] large = ("{\"text\":\"" + "x".repeat(140_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    assertThat(customer.send("POST", MESSAGES, "application/json", large).status())
        .isEqualTo(413);
    String chunked = raw("POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
        + customer.headers().get("Authorization")
        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(large.length) + "\r\n" + new String(large, StandardCharsets.UTF_8)
        + "\r\n0\r\n\r\n");
    assertThat(chunked).startsWith("HTTP/1.1 413").contains("application/problem+json");
  }

  @Test
  void the_longest_text_fits_even_if_every_character_is_escaped() {
    String longest = "\\u00e9".repeat(16_000);

    Http.Answer sent =
        customer.post(MESSAGES, "{\"text\":\"" + longest + "\",\"clientMessageId\":\"longest\"}");
    Http.Answer edited = customer.patch(MESSAGES + "/longest", "{\"text\":\"" + longest + "\"}");

    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(edited.status()).as(edited.text()).isEqualTo(202);
  }

  @Test
  void short_requests_keep_the_shorter_limit() {
    String name = " ".repeat(70_000);

    assertThat(customer
            .post("/api/v1/chat/sessions", "{\"displayName\":\"" + name + "\"}")
            .status())
        .isEqualTo(413);
  }

  @Test
  void another_media_type_is_refused() {
    byte[] body = "{\"text\":\"x\",\"clientMessageId\":\"1\"}".getBytes(StandardCharsets.UTF_8);
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
      assertThat(customer.send("POST", MESSAGES, type, body).status()).as(type).isEqualTo(415);
    }
    assertThat(customer.header("Content-Encoding", "gzip").post(MESSAGES, "{}").status())
        .isEqualTo(415);
    for (String type : List.of("multipart/form-data; boundary=x", "nonsense", "a/b c")) {
      assertThat(customer
              .send("POST", "/api/v1/chat/attachments?filename=a", type, body)
              .status())
          .as(type)
          .isEqualTo(415);
    }
  }

  @Test
  void a_client_that_asks_first_may_send_its_body() throws IOException {
    String token = "Authorization: " + customer.headers().get("Authorization");
    assertThat(askFirst("/api/v1/chat/sessions", "Content-Type: application/json", "{}"))
        .startsWith("HTTP/1.1 201");
    assertThat(askFirst(
            "/api/v1/chat/attachments?filename=a", token + "\r\nContent-Type: image/png", "abc"))
        .startsWith("HTTP/1.1 201");
  }

  /** Sends a body only after the server has asked for it; returns the answer. */
  private String askFirst(String path, String headers, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.server.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request(
              "POST " + path + " HTTP/1.1",
              headers,
              "Expect: 100-continue",
              "Connection: close",
              "Content-Length: " + body.length())
          .getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      String go = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(in.readNBytes(go.length()), StandardCharsets.UTF_8)).isEqualTo(go);
      out.write(body.getBytes(StandardCharsets.UTF_8));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_name_of_a_file_is_a_name_and_no_folder() {
    for (String name : List.of("..", ".", "a/..", "..%2f..", "%5C..", "x%2f.")) {
      assertThat(customer
              .send(
                  "POST", "/api/v1/chat/attachments?filename=" + name, "image/png", new byte[] {1})
              .status())
          .as(name)
          .isEqualTo(400);
    }
  }

  @Test
  void an_unsupported_method_is_refused_with_the_allowed_ones() {
    Http.Answer answer = customer.send("PUT", MESSAGES, "application/json", new byte[] {'x'});

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Allow")).contains("POST");
  }

  @TestFactory
  Stream<DynamicTest> what_is_no_http_is_refused_in_the_same_form() {
    return Stream.of(
            "GET /livez\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n",
            "GET /livez HTTP/1.1\r\n\r\n",
            "GET /livez HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
            "GET /livez HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /assets/..%2f..%2fchat.html HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /assets/%2e%2e/chat.html HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/v1;x=1/conversations HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /a//b HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /livez?a=%zz HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            request(
                "POST /api/v1/chat/sessions HTTP/1.1",
                "Content-Length: 3",
                "Transfer-Encoding: chunked"),
            request("POST /api/v1/chat/sessions HTTP/1.1", "Expect: nonsense", "Content-Length: 2"),
            request("POST /api/v1/chat/sessions HTTP/1.1", "Transfer-Encoding: gzip, chunked")
                + "2\r\n{}\r\n0\r\n\r\n",
            request(
                    "POST /api/v1/chat/sessions HTTP/1.1",
                    "Transfer-Encoding: gzip",
                    "Transfer-Encoding: chunked")
                + "2\r\n{}\r\n0\r\n\r\n",
            request(
                "GET /chat/x HTTP/1.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13"))
        .map(request -> dynamicTest(shown(request), () -> {
          String answer = raw(request);
          assertThat(answer).doesNotContain("Jetty").doesNotContain("java.").doesNotContain("\tat");
          assertThat(answer).doesNotStartWith("HTTP/1.1 201");
          if (!answer.startsWith("HTTP/1.1 200")) {
            assertThat(answer).matches("(?s)HTTP/1.1 [45].*");
            assertThat(answer).contains("application/problem+json").contains("urn:relay:problem:");
          }
        }));
  }

  @TestFactory
  Stream<DynamicTest> a_client_that_sends_its_whole_body_before_it_reads_sees_the_answer() {
    String bearer = "Authorization: " + customer.headers().get("Authorization");
    Map<String, Integer> requests = new LinkedHashMap<>();
    requests.put(upload(bearer, "Content-Type: multipart/form-data; boundary=x"), 415);
    requests.put(upload(bearer, "Content-Type: image/png", "Content-Encoding: gzip"), 415);
    requests.put(upload("Content-Type: image/png"), 401);
    requests.put("POST " + MESSAGES + " HTTP/1.1\r\n" + bearer + "\r\n", 413);
    requests.put("POST /webhooks/twilio/flex HTTP/1.1\r\n", 413);
    requests.put("POST /none HTTP/1.1\r\n", 413);
    requests.put("GET /livez HTTP/1.1\r\n", 413);
    int length = (int) AttachmentRoutes.MAX_BYTES;
    return Stream.concat(
        Stream.of(dynamicTest(
            "an overlong file",
            () -> assertThat(raw(upload(bearer, "Content-Type: image/png") + body(length + 1)))
                .startsWith("HTTP/1.1 413"))),
        requests.entrySet().stream()
            .map(each -> dynamicTest(
                shown(each.getKey()),
                () -> assertThat(raw(each.getKey() + body(length)))
                    .startsWith("HTTP/1.1 " + each.getValue()))));
  }

  private static String body(int length) {
    return "Host: x\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length);
  }

  private static String upload(String... headers) {
    return "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\n" + String.join("\r\n", headers)
        + "\r\n";
  }

  @Test
  void a_body_without_end_is_broken_off() throws IOException {
    byte[] part = new byte[64 * 1024];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write("POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n"
          .getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> {
            for (int sent = 0; sent < 500_000_000; sent += part.length) {
              out.write(part);
            }
          })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void the_server_still_works_afterwards() {
    Http.Answer answer =
        customer.post(MESSAGES, "{\"text\":\"still here\",\"clientMessageId\":\"last\"}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(relay.observer.broken).isEmpty();
  }

  private static void assertNothingLeaks(Http.Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text())
        .doesNotContain("Exception")
        .doesNotContain("dev.relay")
        .doesNotContain("jackson");
  }

  private static String request(String line, String... headers) {
    return line + "\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private static String shown(String text) {
    String line =
        (text.isEmpty() ? "(empty)" : text).replace("\r\n", " | ").replaceAll("\\p{Cntrl}", "?");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  private String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.server.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "broken off: " + e.getMessage();
    }
  }
}
