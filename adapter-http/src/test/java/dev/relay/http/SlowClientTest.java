package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AccessStore;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.Secrets;
import dev.relay.testkit.Eventually;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Clients that send slowly or do not read stop nobody: while they hold, the server answers everybody else, even at the same
 * address.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class SlowClientTest {
  private static final String SESSIONS = "/api/v1/chat/sessions";
  private static final String MESSAGES = "/api/v1/chat/messages";
  private static final int FILE = 4 * 1024 * 1024;

  private static final StreamLimits STREAMS =
      new StreamLimits(Duration.ofSeconds(2), Duration.ofMinutes(10), 200, 20, 8);

  private final TestServer relay = new TestServer(STREAMS, settings -> settings, parts -> parts);
  private final SlowClients slow = new SlowClients(relay);

  @AfterEach
  void stop() {
    slow.close();
    relay.close();
  }

  @Test
  void bodies_that_stall_after_one_byte() {
    slow.send(
        80,
        "POST " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n{");

    assertOthersAreServed();
    assertThat(slow.holding()).isEqualTo(80);
  }

  @Test
  void chunked_bodies_that_stall() {
    slow.send(
        80,
        "POST " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");

    assertOthersAreServed();
    assertThat(slow.holding()).isEqualTo(80);
  }

  @Test
  void bodies_that_trickle_in_just_fast_enough() {
    slow.send(
        80,
        "POST " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n{" + " ".repeat(30_000));
    slow.more(" ".repeat(20_000));

    assertOthersAreServed();
    slow.more(" ");
    assertThat(slow.holding()).isPositive();
  }

  @Test
  void webhooks_logins_and_unknown_addresses_whose_bodies_stall() {
    for (String path : List.of("/webhooks/twilio/flex", "/api/v1/agents/login", "/nonsense")) {
      slow.send(
          30,
          "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 60000\r\n\r\n{");
    }

    assertOthersAreServed();
    assertThat(slow.holding()).isEqualTo(90);
  }

  @Test
  void uploads_that_stall() {
    Http customer = relay.customer("Slow");
    slow.send(50, upload("/api/v1/chat/attachments", bearer(customer)) + "x");
    Http agent = relay.agent("mallory");
    slow.send(80, upload("/api/v1/attachments", session(agent)) + "x");

    assertOthersAreServed();
    assertThat(upload(relay.customer("Ana"), 1_000)).isEqualTo(201);
    assertThat(slow.holding()).isEqualTo(130);
  }

  @Test
  void multipart_uploads_that_stall() {
    Http customer = relay.customer("Slow");
    slow.send(
        50,
        "POST /api/v1/chat/attachments?filename=a HTTP/1.1\r\nHost: x\r\n"
            + bearer(customer) + "Content-Type: multipart/form-data; boundary=x\r\n"
            + "Content-Length: 60000\r\n\r\n--x\r\n");

    assertOthersAreServed();
  }

  @Test
  void files_that_are_not_read() {
    Http customer = relay.customer("Slow");
    String id = customer
        .send("POST", "/api/v1/chat/attachments?filename=a", "image/png", new byte[FILE])
        .json()
        .get("id")
        .textValue();
    slow.send(
        70,
        "GET /api/v1/chat/attachments/" + id + " HTTP/1.1\r\nHost: x\r\n" + bearer(customer)
            + "\r\n");
    Http agent = relay.agent("mallory");
    slow.send(
        70, "GET /api/v1/attachments/" + id + " HTTP/1.1\r\nHost: x\r\n" + session(agent) + "\r\n");
    awaitHeld(140 * 64 * 1024);

    assertOthersAreServed();
    assertThat(customer.get("/api/v1/chat/attachments/" + id).response().body()).hasSize(FILE);
  }

  @Test
  void answers_that_are_not_read_and_are_held_within_a_bound() {
    Http customer = relay.customer("Slow");
    for (int i = 0; i < 240; i++) {
      customer.post(
          MESSAGES, "{\"text\":\"" + "字".repeat(15_000) + "\",\"clientMessageId\":\"" + i + "\"}");
    }
    Http agent = relay.agent("mallory");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    // More than the places of an address, and each answer larger than what the system's buffers
    // take.
    slow.send(
        20,
        "GET /api/v1/conversations/" + id + "?limit=500 HTTP/1.1\r\nHost: x\r\n" + session(agent)
            + "\r\n");
    slow.send(80, "GET /assets/icons.svg HTTP/1.1\r\nHost: x\r\n\r\n");
    awaitHeld(20 * 1024 * 1024);

    assertOthersAreServed();
    assertThat(relay.web.live().held().total()).isLessThan(80 * 1024 * 1024);
    slow.reset();
    Eventually.holds("nothing is held", () -> relay.web.live().held().total() == 0);
  }

  @Test
  void headers_that_arrive_slowly_take_no_more_than_a_share_of_the_connections() {
    slow.send(300, "GET /chat HTTP/1.1\r\nHost: x\r\nX-Slow:");

    assertOthersAreServed();
    Eventually.holds("the oldest are closed", () -> slow.holding() <= 257);
  }

  @Test
  void event_streams_that_are_not_read() {
    Http customer = relay.customer("Slow");
    for (int i = 0; i < 60; i++) {
      customer.post(
          MESSAGES, "{\"text\":\"" + "字".repeat(15_000) + "\",\"clientMessageId\":\"" + i + "\"}");
    }
    slow.send(8, "GET /api/v1/chat/events HTTP/1.1\r\nHost: x\r\n" + bearer(customer) + "\r\n");
    Eventually.holds("the streams are open", () -> relay.web.openStreams() == 8);

    assertOthersAreServed();
  }

  /** Starts a server whose store makes look-ups of the token "blocked" wait, behind a proxy that names the clients. */
  private static TestServer behindProxy(CountDownLatch storeWorks, AtomicInteger waiting) {
    return new TestServer(
        STREAMS,
        settings -> settings.trusting(Set.of("127.0.0.1")),
        parts -> parts,
        access -> blocking(access, storeWorks, waiting));
  }

  @Test
  void requests_that_wait_for_the_store_leave_places_for_other_addresses_and_for_agents()
      throws Exception {
    CountDownLatch storeWorks = new CountDownLatch(1);
    AtomicInteger waiting = new AtomicInteger();
    ExecutorService clients = Executors.newCachedThreadPool();
    try (TestServer busy = behindProxy(storeWorks, waiting)) {
      Http agent = busy.agent("alice");
      List<Future<Integer>> flood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Http stranger =
            busy.http().bearer("blocked").header("X-Forwarded-For", "2001:db8::" + (i + 1));
        flood.add(clients.submit(() -> stranger.get("/api/v1/chat/status").status()));
      }
      Eventually.holds("the flood waits", () -> waiting.get() >= 16);

      assertThat(busy.http().get("/livez").status()).isEqualTo(200);
      assertThat(agent
              .header("X-Forwarded-For", "2001:db8::7")
              .get("/api/v1/agents/me")
              .status())
          .isEqualTo(200);
      assertThat(busy.http()
              .header("X-Forwarded-For", "2001:db8:0:1::1")
              .get("/readyz")
              .status())
          .isEqualTo(200);
      assertThat(busy.http()
              .header("X-Forwarded-For", "192.0.2.1")
              .post(SESSIONS, "{}")
              .status())
          .isEqualTo(201);
      assertThat(flood).noneMatch(Future::isDone);
      assertThat(waiting).hasValue(16);

      storeWorks.countDown();
      for (Future<Integer> each : flood) {
        assertThat(each.get()).isEqualTo(401);
      }
    } finally {
      storeWorks.countDown();
      clients.shutdown();
    }
  }

  @Test
  void places_for_agents_are_not_taken_by_strangers_who_send_an_agents_cookie() throws Exception {
    CountDownLatch storeWorks = new CountDownLatch(1);
    AtomicInteger waiting = new AtomicInteger();
    ExecutorService clients = Executors.newCachedThreadPool();
    try (TestServer busy = behindProxy(storeWorks, waiting)) {
      Http agent = busy.agent("alice");
      List<Future<Integer>> flood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Http stranger = i % 2 == 0
            ? busy.http().cookie("relay_session=blocked")
            : busy.http().bearer("blocked");
        Http from = stranger.header("X-Forwarded-For", "192.0.2." + (i / 10 + 1));
        flood.add(clients.submit(() -> from.get("/api/v1/agents/me").status()));
      }
      Eventually.holds("the flood waits", () -> waiting.get() >= 40);

      assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(200);
      assertThat(waiting).as("the places of strangers").hasValue(40);
      storeWorks.countDown();
      for (Future<Integer> each : flood) {
        assertThat(each.get()).isEqualTo(401);
      }
    } finally {
      storeWorks.countDown();
      clients.shutdown();
    }
  }

  /** Waits until the clients hold that many bytes of the server's memory, and none of its threads. */
  private void awaitHeld(long bytes) {
    Eventually.holds("the clients hold", () -> relay.web.live().held().total() >= bytes);
  }

  private void assertOthersAreServed() {
    assertThat(relay.http().get("/livez").status()).isEqualTo(200);
    assertThat(relay.http().get("/readyz").status()).isEqualTo(200);
    Http customer = relay.customer("Ana");
    assertThat(customer
            .post(MESSAGES, "{\"text\":\"hello\",\"clientMessageId\":\"1\"}")
            .status())
        .isEqualTo(202);
    assertThat(relay.agent("alice").get("/api/v1/conversations").status()).isEqualTo(200);
    try (EventReader stream = customer.events("/api/v1/chat/events")) {
      stream.awaitMessage("You said: hello");
    }
    assertThat(relay.observer.broken).isEmpty();
  }

  private static int upload(Http customer, int bytes) {
    return customer
        .send("POST", "/api/v1/chat/attachments?filename=a", "image/png", new byte[bytes])
        .status();
  }

  private static String upload(String path, String credentials) {
    return "POST " + path + "?filename=a HTTP/1.1\r\nHost: x\r\n" + credentials
        + "Content-Type: image/png\r\nContent-Length: 9000000\r\n\r\n";
  }

  private static String bearer(Http customer) {
    return "Authorization: " + customer.headers().get("Authorization") + "\r\n";
  }

  private static String session(Http agent) {
    return "Cookie: " + agent.headers().get("Cookie") + "\r\n" + Authentication.CSRF_HEADER + ": "
        + agent.headers().get(Authentication.CSRF_HEADER) + "\r\n";
  }

  /** Returns the store, in which looking up the token {@code blocked} waits. */
  private static AccessStore blocking(
      AccessStore access, CountDownLatch storeWorks, AtomicInteger waiting) {
    String blocked = Secrets.hash("blocked");
    AccessStore.AccessTokens tokens = (AccessStore.AccessTokens) Proxy.newProxyInstance(
        SlowClientTest.class.getClassLoader(),
        new Class<?>[] {AccessStore.AccessTokens.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("find") && arguments[0].equals(blocked)) {
            waiting.incrementAndGet();
            storeWorks.await();
          }
          try {
            return method.invoke(access.tokens(), arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return (AccessStore) Proxy.newProxyInstance(
        SlowClientTest.class.getClassLoader(),
        new Class<?>[] {AccessStore.class},
        (proxy, method, arguments) ->
            method.getName().equals("tokens") ? tokens : method.invoke(access, arguments));
  }
}
