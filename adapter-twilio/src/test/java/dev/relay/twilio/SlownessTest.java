package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The answers to webhooks while something is slow: stored only if it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlownessTest {
  /** With 100 and 20 ({@code -Drelay.flood=100}) two thousand webhooks. */
  private static final int CONVERSATIONS = Integer.getInteger("relay.flood", 10);

  private static final int MESSAGES = 20;
  private static final int CONNECTIONS = 16;
  private static final long SEED = 20_261_128L;

  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    twilio.releaseCalls();
    office.close();
  }

  private WebhookRequest message(long id, String sid, int index, String body) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("ChatServiceSid", FakeTwilio.Account.TEST.chatService());
    fields.put("ConversationSid", twilio.conversations(id).get(0).sid());
    fields.put("EventType", "onMessageAdded");
    fields.put("Source", "SDK");
    fields.put("DateCreated", "2026-11-02T10:00:00.000Z");
    fields.put("MessageSid", sid);
    fields.put("Index", Integer.toString(index));
    fields.put("Author", "bob");
    fields.put("Body", body);
    fields.put("Attributes", "{}");
    return signed(WebhookRequest.CONVERSATIONS + "?conversation=relay-" + id + "-1", fields);
  }

  private WebhookRequest task(String type, int number, String attributes) {
    return task(type, number, attributes, String.format(Locale.ROOT, "WT%032x", number));
  }

  private WebhookRequest task(String type, int number, String attributes, String taskSid) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("WorkspaceSid", FakeTwilio.Account.TEST.workspace());
    fields.put("EventType", type);
    fields.put("TaskSid", taskSid);
    fields.put("TaskAttributes", attributes);
    fields.put("ReservationSid", String.format(Locale.ROOT, "WR%032x", number));
    fields.put("WorkerSid", "WK" + "0".repeat(32));
    fields.put("WorkerName", "bob");
    fields.put("WorkerAttributes", "{}");
    return signed(WebhookRequest.FLEX, fields);
  }

  private WebhookRequest signed(String path, Map<String, String> fields) {
    String signature = FakeTwilio.signature(
        FakeTwilio.Account.TEST.authToken(), office.door.publicUrl() + path, fields);
    String form = fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return new WebhookRequest(path, Map.of("x-twilio-signature", List.of(signature)), form);
  }

  @Test
  void conversations_that_wait_for_Twilio_do_not_delay_others() {
    long quick = office.served("ada", "bob");
    List<Long> slow = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      slow.add(office.served("slow" + number, "bob"));
    }
    twilio.holdCalls(request -> request.method().equals("GET"));
    List<CompletableFuture<WebhookAnswer>> held = new ArrayList<>();
    for (long id : slow) {
      String attributes = "{\"relay_conversation\":\"relay-" + id + "-1\"}";
      held.add(office
          .webhooks()
          .receive(task(
              "reservation.completed", held.size(), attributes, twilio.agents().task(id))));
    }
    Eventually.holds(
        "eight calls wait",
        () -> twilio.requests().stream()
                .filter(it ->
                    it.method().equals("GET") && it.path().matches(".*/Conversations/CH[0-9a-f]+"))
                .count()
            >= 8);

    int status = office
        .webhooks()
        .receive(message(quick, "IM" + "a".repeat(32), 1, "hello"))
        .join()
        .status();

    assertThat(status).isEqualTo(204);
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("hello"));
    twilio.releaseCalls();
    held.forEach(it -> assertThat(it.join().status()).isIn(204, 503));
    slow.forEach(
        id -> Eventually.holds("it waits again", () -> twilio.agents().waitingTasks(id) == 1));
  }

  @Test
  void an_event_that_names_its_conversation_only_by_id_is_answered_in_time() {
    long id = office.served("ada", "bob");
    office.restart();
    twilio.holdCalls(request -> true);
    String attributes =
        "{\"conversationSid\":\"" + twilio.conversations(id).get(0).sid() + "\"}";

    int status =
        office.webhooks().receive(task("task.canceled", 1, attributes)).join().status();

    assertThat(status).isEqualTo(503);
    assertThat(office.outcomes).contains(Outcome.LATE);
  }

  @Test
  void an_event_that_is_not_stored_in_time_is_answered_as_late_and_stored_nevertheless() {
    long id = office.served("ada", "bob");
    SettableIntake intake = new SettableIntake();
    TwilioAccount account = new TwilioAccount(
        TestSettings.of(twilio.baseUrl(), office.door.publicUrl()), InstantSource.system());
    AgentDesk desk = account.desk();
    desk.start(Inbox.of(intake));
    List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    TwilioWebhooks webhooks = account.webhooks(outcomes::add);

    assertThat(webhooks
            .receive(message(id, "IM" + "a".repeat(32), 1, "one"))
            .join()
            .status())
        .isEqualTo(503);
    assertThat(outcomes).containsExactly(Outcome.LATE);
    Eventually.holds("it is handed in", () -> intake.handed.size() == 1);

    intake.answers();
    assertThat(webhooks
            .receive(message(id, "IM" + "b".repeat(32), 2, "two"))
            .join()
            .status())
        .isEqualTo(204);
    assertThat(outcomes).containsExactly(Outcome.LATE, Outcome.STORED);
    desk.stop();
  }

  @Test
  void in_a_flood_every_204_means_stored_even_if_Relay_is_stopped_meanwhile() throws Exception {
    List<Long> ids = new ArrayList<>();
    List<WebhookRequest> all = new ArrayList<>();
    Map<WebhookRequest, String> texts = new ConcurrentHashMap<>();
    for (int number = 0; number < CONVERSATIONS; number++) {
      ids.add(office.served("c" + number, "bob"));
    }
    for (long id : ids) {
      for (int index = 1; index <= MESSAGES; index++) {
        String text = "answer " + id + "-" + index;
        twilio.loseWebhooks(1);
        String sid = twilio.agents().write(id, "bob", "k" + index, text);
        WebhookRequest webhook = message(id, sid, index, text);
        all.add(webhook);
        texts.put(webhook, text);
      }
    }
    Collections.shuffle(all, new Random(SEED));

    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicInteger answered = new AtomicInteger();
    ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS + 1);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (WebhookRequest webhook : all) {
        sent.add(connections.submit(() -> {
          int status = office.webhooks().receive(webhook).join().status();
          assertThat(status).isIn(204, 503);
          if (status == 204) {
            acknowledged.add(texts.getOrDefault(webhook, ""));
          }
          if (answered.incrementAndGet() == all.size() / 2) {
            office.stop();
          }
        }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } finally {
      connections.shutdownNow();
    }

    assertThat(acknowledged).isNotEmpty();
    assertThat(acknowledged.size()).isLessThan(all.size());
    Set<String> stored = new HashSet<>();
    for (long id : ids) {
      office.store.read(queries -> queries.latestEntries(new ConversationId(id), 200)).stream()
          .filter(it -> it.content() instanceof EntryContent.Said)
          .forEach(it -> stored.add(((EntryContent.Said) it.content()).body().text()));
    }
    assertThat(stored).as("seed %s", SEED).containsAll(acknowledged);

    office.start();
    for (int number = 0; number < CONVERSATIONS; number++) {
      String customer = "c" + number;
      long id = ids.get(number);
      Eventually.holds("all are heard", () -> office.fromAgents(customer).size() >= MESSAGES);
      List<String> expected = new ArrayList<>();
      for (int index = 1; index <= MESSAGES; index++) {
        expected.add("answer " + id + "-" + index);
      }
      assertThat(office.fromAgents(customer)).as("seed %s", SEED).isEqualTo(expected);
    }
  }

  /** An intake that accepts events and answers only on request. */
  private static final class SettableIntake implements Intake {
    final List<Event> handed = new CopyOnWriteArrayList<>();
    private final CompletableFuture<IntakeResult> answer = new CompletableFuture<>();
    private final MemoryStore store = new MemoryStore();

    void answers() {
      boolean unused = answer.complete(new IntakeResult.Accepted(
          new Receipt(new ConversationId(1), Optional.empty(), Optional.empty())));
    }

    @Override
    public CompletableFuture<IntakeResult> submit(Event event) {
      handed.add(event);
      return answer;
    }

    @Override
    public List<ChannelPosition> positions(PortId channel) {
      return List.of();
    }

    @Override
    public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean isAt(PortId desk, ConversationId conversation) {
      return true;
    }

    @Override
    public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
      return Optional.empty();
    }

    @Override
    public List<Conversation> conversationsAt(PortId desk) {
      return List.of();
    }

    @Override
    public Attachments attachments() {
      return store.attachments();
    }
  }
}
