package dev.relay.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.twilio.account.TwilioAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioHttpClientTest {
  private static final String SERVICE = "IS" + "0".repeat(32);
  private static final String CONVERSATION = "CH" + "0".repeat(32);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Behaviour behaviour = exchange -> answer(exchange, 201, "{\"sid\":\"IM1\",\"index\":0}");

  private interface Behaviour {
    void on(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      behaviour.on(exchange);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    testEnds.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void posts_a_form_to_the_product_below_the_configured_address() {
    Message message = post(client(base(), Duration.ofSeconds(20)));

    assertThat(message.getSid()).isEqualTo("IM1");
    assertThat(requests)
        .containsExactly("POST /twilio/conversations/v1/Services/" + SERVICE + "/Conversations/"
            + CONVERSATION + "/Messages Author=ada&Body=hello+%26+good+day");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 429, 500, 502, 503, 504})
  void sends_only_one_request_whatever_the_answer(int status) {
    behaviour = exchange -> answer(exchange, status, "{\"code\":1,\"status\":" + status + "}");

    TwilioFailure unused = failureOf(client(base(), Duration.ofSeconds(20)));

    assertThat(requests).hasSize(1);
  }

  @Test
  void passes_on_the_time_that_Twilio_asks_to_wait() {
    behaviour = exchange -> {
      exchange.getResponseHeaders().add("Retry-After", "7");
      answer(exchange, 429, "{\"code\":20429,\"status\":429}");
    };

    TwilioFailure failure = failureOf(client(base(), Duration.ofSeconds(20)));

    assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.NOT_PROCESSED);
    assertThat(failure.after()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
        "Sun, 06 Nov 1994 08:48:00 GMT | PT0S",
        "soon |",
        "-1 |"
      })
  void parses_a_date_until_which_Twilio_asks_to_wait(String said, @Nullable String wait) {
    behaviour = exchange -> {
      exchange.getResponseHeaders().add("Retry-After", said);
      answer(exchange, 429, "{\"code\":20429,\"status\":429}");
    };
    InstantSource clock = InstantSource.fixed(Instant.parse("1994-11-06T08:49:00Z"));
    Transport transport = new Transport(Duration.ofSeconds(5), Duration.ofSeconds(20), clock);

    TwilioFailure failure = failureOf(client(base(), transport));

    assertThat(failure.after()).isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
  }

  @Test
  void treats_a_server_error_as_an_unknown_outcome() {
    behaviour = exchange -> answer(exchange, 503, "<html>kanarienvogel</html>");

    TwilioFailure failure = failureOf(client(base(), Duration.ofSeconds(20)));

    assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.UNKNOWN);
    assertThat(failure.reason()).doesNotContain("kanarienvogel");
  }

  @Test
  void treats_a_malformed_answer_as_an_unknown_outcome() {
    behaviour = exchange -> answer(exchange, 201, "<html>");

    assertThat(failureOf(client(base(), Duration.ofSeconds(20))).kind())
        .isEqualTo(TwilioFailure.Kind.UNKNOWN);
  }

  @Test
  void treats_a_refusal_as_a_refusal_with_its_code() {
    behaviour = exchange ->
        answer(exchange, 400, "{\"code\":50504,\"message\":\"kanarienvogel\",\"status\":400}");

    TwilioFailure failure = failureOf(client(base(), Duration.ofSeconds(20)));

    assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.REFUSED);
    assertThat(failure.code()).isEqualTo(50504);
    assertThat(failure.reason()).doesNotContain("kanarienvogel");
  }

  @Test
  void gives_up_waiting_for_an_answer_that_does_not_come() {
    behaviour = exchange -> awaitEnd();

    // A busy machine may give a request up before it is sent: then the next one has more time.
    int attempts = 0;
    for (Duration timeout = Duration.ofMillis(200);
        requests.isEmpty();
        timeout = timeout.multipliedBy(2)) {
      attempts++;
      assertThat(failureOf(client(base(), timeout)).kind()).isEqualTo(TwilioFailure.Kind.UNKNOWN);
    }

    assertThat(requests).as("none is repeated").hasSizeLessThanOrEqualTo(attempts);
  }

  @Test
  void gives_up_waiting_for_the_rest_of_an_answer() {
    behaviour = exchange -> {
      exchange.sendResponseHeaders(201, 100);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      awaitEnd();
    };

    assertThat(failureOf(client(base(), Duration.ofMillis(200))).kind())
        .isEqualTo(TwilioFailure.Kind.UNKNOWN);
  }

  @Test
  void treats_a_refused_connection_as_not_processed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    TwilioFailure failure =
        failureOf(client(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(20)));

    assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.NOT_PROCESSED);
  }

  @Test
  void treats_a_broken_connection_as_an_unknown_outcome() {
    behaviour = HttpExchange::close;

    assertThat(failureOf(client(base(), Duration.ofSeconds(20))).kind())
        .isEqualTo(TwilioFailure.Kind.UNKNOWN);
    assertThat(requests).hasSize(1);
  }

  @Test
  void begins_no_call_that_could_end_after_the_time_of_its_attempt() {
    Duration timeout = Duration.ofMinutes(1);
    Transport transport = new Transport(Duration.ofSeconds(5), timeout, InstantSource.system());
    TwilioRestClient client = client(base(), transport);

    TwilioFailure late = transport.within(timeout.minusMillis(1), () -> failureOf(client));
    assertThat(requests).isEmpty();
    assertThat(late.asResult()).isInstanceOf(DeliveryResult.RetryLater.class);
    assertThat(late.concernsAll()).as("an outage").isFalse();

    Message early = transport.within(timeout.multipliedBy(2), () -> post(client));
    Message alone = post(client);
    assertThat(List.of(early.getSid(), alone.getSid())).containsExactly("IM1", "IM1");
  }

  private void awaitEnd() {
    try {
      testEnds.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/twilio");
  }

  private static TwilioRestClient client(URI base, Duration timeout) {
    return client(base, new Transport(Duration.ofSeconds(5), timeout, InstantSource.system()));
  }

  private static TwilioRestClient client(URI base, Transport transport) {
    return new TwilioRestClient.Builder("AC" + "0".repeat(32), "secret")
        .httpClient(new TwilioHttpClient(transport, TwilioAddresses.below(base)))
        .build();
  }

  private static Message post(TwilioRestClient client) {
    return Message.creator(SERVICE, CONVERSATION)
        .setAuthor("ada")
        .setBody("hello & good day")
        .create(client);
  }

  private static TwilioFailure failureOf(TwilioRestClient client) {
    return TwilioFailure.of(catchThrowableOfType(TwilioException.class, () -> post(client)));
  }
}
