package dev.relay.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.TestObserver;
import dev.relay.http.TestServer;
import dev.relay.http.access.Sessions;
import dev.relay.http.traffic.HeldBytes;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Json;
import dev.relay.http.web.PeerAddress;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import dev.relay.testkit.Eventually;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Streams whose opening fails half-way, which no client can provoke. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LiveStreamsTest {
  private static final HeldBytes.Transfer CONNECTION = () -> {};

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

    assertThatThrownBy(() -> live.open(broken, "192.0.2.1", CONNECTION, stream()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(live.count()).isZero();
  }

  @Test
  void a_stream_that_cannot_send_frees_its_place() {
    Context broken = context(Map.of(), Map.of("getOutputStream", LiveStreamsTest::broken));

    assertThatThrownBy(() -> live.open(broken, "192.0.2.1", CONNECTION, stream()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(live.count()).isZero();
  }

  @Test
  void an_error_ends_its_stream_and_is_reported_and_others_still_get_heartbeats() {
    TestObserver observer = new TestObserver();
    try (LiveStreams beating = new LiveStreams(
            new StreamPlaces(10, 0, 10),
            Duration.ofMillis(16),
            Duration.ofHours(1),
            observer::broken);
        TestServer relay = new TestServer()) {
      Sessions sessions = relay.sessions(beating);
      AtomicInteger heartbeats = new AtomicInteger();
      beating.open(
          writing(heartbeats),
          "192.0.2.1",
          CONNECTION,
          new TestStream(sessions, beating, () -> ""));
      for (Error error : List.of(
          new OutOfMemoryError("for a test"),
          new StackOverflowError(),
          new AssertionError(),
          new NoClassDefFoundError())) {
        beating.open(
            writing(new AtomicInteger()),
            "192.0.2.2",
            CONNECTION,
            new TestStream(sessions, beating, () -> {
              throw error;
            }));
      }

      Eventually.holds("the broken streams have ended", () -> beating.count() == 1);
      assertThat(observer.causes()).hasSize(4);
      assertThat(beating.damage().isDone()).isTrue();
      int before = heartbeats.get();
      Eventually.holds("the other one lives on", () -> heartbeats.get() > before + 2);
    }
  }

  @Test
  void an_error_in_a_heartbeat_does_not_end_the_heartbeats_of_others() {
    TestObserver observer = new TestObserver();
    try (LiveStreams beating = new LiveStreams(
            new StreamPlaces(10, 0, 10),
            Duration.ofMillis(16),
            Duration.ofHours(1),
            observer::broken);
        TestServer relay = new TestServer()) {
      Sessions sessions = relay.sessions(beating);
      AtomicInteger beats = new AtomicInteger();
      beating.open(
          writing(new AtomicInteger()),
          "192.0.2.1",
          CONNECTION,
          new TestStream(sessions, beating, () -> "") {
            @Override
            void beat() {
              beats.incrementAndGet();
              throw new OutOfMemoryError("for a test");
            }
          });

      Eventually.holds("it beats again after the error", () -> beats.get() > 2);
      assertThat(observer.causes()).isNotEmpty();
    }
  }

  @Test
  void a_stream_with_a_long_backlog_lets_the_others_have_their_turn_after_each_chunk() {
    try (LiveStreams roomy = roomy();
        TestServer relay = new TestServer()) {
      Sessions sessions = relay.sessions(roomy);
      Deque<Runnable> waiting = new ArrayDeque<>();
      List<String> produced = new ArrayList<>();
      for (List<String> chunks : List.of(List.of("a1", "a2", "a3"), List.of("b1"))) {
        Deque<String> backlog = new ArrayDeque<>(chunks);
        TestStream stream =
            new TestStream(sessions, live, () -> {
              produced.add(backlog.remove());
              return produced.get(produced.size() - 1);
            }) {
              @Override
              boolean hasMore() {
                return !backlog.isEmpty();
              }

              @Override
              void schedule(Runnable work) {
                waiting.add(work);
              }

              @Override
              void scheduleNext(Runnable work) {
                waiting.add(work);
              }
            };
        roomy.open(writing(new AtomicInteger()), "192.0.2.1", CONNECTION, stream);
      }

      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }

      assertThat(produced).containsExactly("a1", "b1", "a2", "a3");
    }
  }

  @Test
  void a_stream_whose_next_turn_comes_while_the_streams_stop_ends() throws InterruptedException {
    LiveStreams stopping = roomy();
    Thread stop = new Thread(stopping::close);
    try (TestServer relay = new TestServer()) {
      TestStream stream = new TestStream(relay.sessions(stopping), stopping, () -> "more") {
        @Override
        boolean hasMore() {
          return true;
        }

        @Override
        void scheduleNext(Runnable work) {
          stop.start();
          Eventually.holds(
              "the stop waits for this stream",
              () -> stop.getState() == Thread.State.TIMED_WAITING);
          super.scheduleNext(work);
        }
      };
      stopping.open(writing(new AtomicInteger()), "192.0.2.1", CONNECTION, stream);

      Eventually.holds("the stream has ended", () -> stream.over().isDone());
      stop.join();
    }
  }

  private static LiveStreams roomy() {
    return new LiveStreams(
        new StreamPlaces(10, 0, 10),
        Duration.ofHours(1),
        Duration.ofHours(1),
        (where, cause) -> {});
  }

  /** What a test's stream has to send. */
  private interface Source {
    String next();
  }

  private static class TestStream extends LiveStream {
    private final LiveStreams live;
    private final Source source;

    TestStream(Sessions sessions, LiveStreams live, Source source) {
      super(sessions.beginChat("Ana", Locale.ENGLISH).session().tokenHash(), sessions);
      this.live = live;
      this.source = source;
    }

    @Override
    String passing() {
      return "";
    }

    @Override
    boolean isForAgents() {
      return false;
    }

    @Override
    void register(StreamRegistry registry) {}

    @Override
    void deregister(StreamRegistry registry) {}

    @Override
    void refresh() {}

    @Override
    String produce() {
      return source.next();
    }

    @Override
    boolean hasMore() {
      return false;
    }

    @Override
    void schedule(Runnable work) {
      live.execute(work);
    }

    @Override
    void scheduleNext(Runnable work) {
      live.execute(work);
    }

    @Override
    void failed(Throwable cause) {
      live.failed("test stream", cause);
    }
  }

  /** Returns a request whose client takes everything; counts what is written. */
  private static Context writing(AtomicInteger written) {
    ServletOutputStream out = new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        try {
          listener.onWritePossible();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void write(int b) {}

      @Override
      public void write(byte[] bytes) {
        written.incrementAndGet();
      }
    };
    return context(Map.of(), Map.of("getOutputStream", () -> out));
  }

  private DeskStream stream() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      Sessions sessions = relay.sessions(live);
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
        new Answers(json, Runnable::run, Runnable::run),
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
