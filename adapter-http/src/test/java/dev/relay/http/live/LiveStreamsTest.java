package dev.relay.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.TestObserver;
import dev.relay.http.TestServer;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Json;
import dev.relay.http.web.PeerAddress;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Streams whose opening fails half-way, which no client can provoke. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LiveStreamsTest {
  private final LiveStreams live = new LiveStreams(
      new StreamPlaces(1, 0, 1),
      Duration.ofHours(1),
      Duration.ofHours(1),
      new TestObserver()::broken);

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void a_stream_whose_request_cannot_continue_frees_its_place() {
    Context broken = context(Map.of("startAsync", LiveStreamsTest::broken), Map.of());

    assertThatThrownBy(() -> live.open(broken, "192.0.2.1", stream()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(live.count()).isZero();
  }

  @Test
  void a_stream_that_cannot_send_frees_its_place() {
    Context broken = context(Map.of(), Map.of("getOutputStream", LiveStreamsTest::broken));

    assertThatThrownBy(() -> live.open(broken, "192.0.2.1", stream()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(live.count()).isZero();
  }

  private DeskStream stream() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      Sessions sessions =
          new Sessions(relay.store, new Secrets(new SecureRandom()), relay.clock, live);
      return new DeskStream(
          sessions
              .beginAgent(relay.store.accounts().find("alice").orElseThrow())
              .session(),
          Set.of(),
          new DeskCounts(relay.store, live.changes(), System::nanoTime),
          new TranscriptViews(relay.relay.notices()),
          new StreamContext(relay.store, web(), sessions, live));
    }
  }

  private static Web web() {
    Json json = new Json();
    return new Web(
        json,
        new Requests(json),
        new Answers(json, Runnable::run),
        new PeerAddress(Set.of()),
        false);
  }

  private static Object broken() {
    throw new IllegalStateException("the connection is gone");
  }

  /** Returns a request that the server has just begun to answer; methods without a fake return null. */
  private static Context context(
      Map<String, Supplier<Object>> requestCalls, Map<String, Supplier<Object>> responseCalls) {
    HttpServletResponse response = fake(HttpServletResponse.class, responseCalls);
    AsyncContext async = fake(AsyncContext.class, Map.of());
    HttpServletRequest request = fake(
        HttpServletRequest.class,
        Map.of(
            "getMethod",
            () -> "GET",
            "startAsync",
            requestCalls.getOrDefault("startAsync", () -> async)));
    return (Context) Proxy.newProxyInstance(
        LiveStreamsTest.class.getClassLoader(),
        new Class<?>[] {Context.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "req" -> request;
          case "res" -> response;
          case "future" -> ((Supplier<?>) arguments[0]).get();
          default -> null;
        });
  }

  private static <T> T fake(Class<T> type, Map<String, Supplier<Object>> calls) {
    return type.cast(Proxy.newProxyInstance(
        LiveStreamsTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Supplier<Object> call = calls.get(method.getName());
          return call == null ? null : call.get();
        }));
  }
}
