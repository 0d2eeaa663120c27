package dev.relay.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.http.Http;
import dev.relay.http.TestServer;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.Sessions;
import dev.relay.http.view.AgentPictureIds;
import dev.relay.http.view.ChatViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Json;
import dev.relay.http.web.PeerAddress;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import dev.relay.testkit.Eventually;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A long transcript is sent in chunks of a bounded size, completely and in order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ChunkTest {
  private static final int MESSAGES = 130;
  private static final int LENGTH = 15_000;
  /** A chunk ends with the entry that exceeds the limit; a status or summary may follow. */
  private static final int MOST = LiveStream.CHUNK + LENGTH + 4_000;

  private static final Pattern NUMBER = Pattern.compile("\"text\":\"n(\\d+)x");

  private final TestServer relay = new TestServer();
  private final LiveStreams live = new LiveStreams(
      new StreamPlaces(10, 0, 10), Duration.ofHours(1), Duration.ofHours(1), (where, cause) -> {});
  private final Sessions sessions = relay.sessions(live);
  private final StreamContext context = new StreamContext(relay.store, web(), sessions, live);
  private final Sessions.Begun<ChatSession> session = sessions.beginChat("Ana", Locale.ENGLISH);
  private final Http customer = relay.http().bearer(session.token());
  private ConversationId conversation = new ConversationId(1);

  @BeforeEach
  void write_much() {
    for (int i = 0; i < MESSAGES; i++) {
      customer.post(
          "/api/v1/chat/messages",
          "{\"text\":\"n" + i + "x" + "y".repeat(LENGTH) + "\",\"clientMessageId\":\"" + i + "\"}");
    }
    conversation = new ConversationId(Long.parseLong(relay
        .agent("alice")
        .get("/api/v1/conversations")
        .json()
        .get("items")
        .get(0)
        .get("id")
        .textValue()));
    awaitDelivery();
  }

  /** Waits for the virtual agent: a message whose delivery goes on while the stream is read is sent once more. */
  private void awaitDelivery() {
    Http alice = relay.agent("alice");
    Eventually.holds(
        "every message is delivered",
        () -> !alice
            .get("/api/v1/conversations/" + conversation)
            .text()
            .contains("\"delivery\":\"sent\""));
  }

  @AfterEach
  void stop() {
    live.close();
    relay.close();
  }

  @Test
  void to_the_customer() {
    ChatStream stream = new ChatStream(session.session(), new EntryId(0), views(), context);

    assertThat(numbers(chunks(stream))).containsExactlyElementsOf(all(0));
  }

  @Test
  void each_chunk_reads_little_more_than_it_sends() {
    AtomicInteger read = new AtomicInteger();
    ChatStream stream = new ChatStream(
        session.session(),
        new EntryId(0),
        views(),
        new StreamContext(counting(read), web(), sessions, live));

    int sent = numbers(chunks(stream)).size();

    assertThat(read.get()).isBetween(sent, 2 * sent + 2 * MESSAGES);
  }

  private ChatViews views() {
    return new ChatViews(
        relay.relay.notices(),
        new AgentPictureIds(relay.store.workspace().agentPictures(), InstantSource.system()));
  }

  /** Returns the store; counts the entries that are read of transcripts. */
  private Store counting(AtomicInteger read) {
    Function<Queries, Queries> counted = queries -> proxy(Queries.class, (method, arguments) -> {
      Object result = method.invoke(queries, arguments);
      if (method.getName().equals("transcriptAt")) {
        read.addAndGet(((List<?>) result).size());
      }
      return result;
    });
    return proxy(
        Store.class,
        (method, arguments) -> relay.store.read(queries -> {
          @SuppressWarnings("unchecked")
          Function<Queries, Object> query = (Function<Queries, Object>) arguments[0];
          return query.apply(counted.apply(queries));
        }));
  }

  /** What a proxy does instead of a method. */
  private interface Call {
    Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> call.of(method, arguments)));
  }

  @Test
  void to_an_agent_who_opens_the_conversation_and_to_one_who_has_fallen_behind() {
    DeskStream stream = new DeskStream(
        agent(),
        Set.of(conversation),
        new DeskCounts(relay.store, live.changes(), System::nanoTime),
        new TranscriptViews(relay.relay.notices()),
        context);
    stream.changed(Set.of(conversation));
    List<Integer> first = numbers(chunks(stream));
    assertThat(first).isSorted().doesNotHaveDuplicates().endsWith(MESSAGES - 1);

    for (int i = MESSAGES; i < 2 * MESSAGES; i++) {
      customer.post(
          "/api/v1/chat/messages",
          "{\"text\":\"n" + i + "x" + "y".repeat(LENGTH) + "\",\"clientMessageId\":\"" + i + "\"}");
    }
    awaitDelivery();
    stream.changed(Set.of(conversation));

    assertThat(numbers(chunks(stream))).containsExactlyElementsOf(all(MESSAGES));
  }

  private AgentIdentity agent() {
    relay.addAgent("bob");
    return sessions.beginAgent(relay.store.accounts().find("bob").orElseThrow()).session();
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

  private static List<String> chunks(LiveStream stream) {
    List<String> chunks = new ArrayList<>();
    do {
      String chunk = stream.produce();
      assertThat(chunk.length()).isLessThan(MOST);
      chunks.add(chunk);
    } while (stream.hasMore());
    return chunks;
  }

  /** Returns the numbers of the messages of the customer; a conversation's own event repeats the last one for the list. */
  private static List<Integer> numbers(List<String> chunks) {
    List<Integer> numbers = new ArrayList<>();
    for (String event : String.join("", chunks).split("\n\n", -1)) {
      if (!event.contains("event: conversation\n")) {
        Matcher matcher = NUMBER.matcher(event);
        while (matcher.find()) {
          numbers.add(Integer.valueOf(matcher.group(1)));
        }
      }
    }
    return numbers;
  }

  private static List<Integer> all(int from) {
    List<Integer> all = new ArrayList<>();
    for (int i = from; i < from + MESSAGES; i++) {
      all.add(i);
    }
    return all;
  }
}
