package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.StoreException;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrivacyRoutesTest {
  private static final String ARCHIVE = "an archive of more than a pipe holds ".repeat(10_000);

  private final Data data = new Data();
  private final TestServer relay = new TestServer(
      settings -> settings, builder -> builder.store(withData(builder.build().store())));
  private final Http admin = relay.agent("boss", Role.ADMIN);

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void a_dry_run_counts() {
    String id = customer();

    Http.Answer counted = admin.get("/api/v1/customers/" + id + "/data");

    assertThat(counted.status()).isEqualTo(200);
    assertThat(counted.json().get("counts").get("messages").intValue()).isEqualTo(3);
    assertThat(data.erased).isEmpty();
  }

  @Test
  void an_erasure_needs_the_number_as_its_confirmation() {
    String id = customer();

    assertThat(erase(id, "").status()).isEqualTo(400);
    Http.Answer wrong = erase(id, "999");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("confirm must be " + id);
    assertThat(data.erased).isEmpty();

    Http.Answer erased = erase(id, id);
    assertThat(erased.status()).as(erased.text()).isEqualTo(200);
    assertThat(erased.json().get("actor").textValue()).isEqualTo("boss");
    assertThat(data.erased).containsExactly(id);
    assertThat(admin.get("/api/v1/erasures").json().get("items")).hasSize(1);
  }

  @Test
  void an_open_conversation_is_a_conflict_and_the_next_request_is_heard() {
    String id = customer();
    data.open = List.of(new ConversationId(7));

    Http.Answer refused = erase(id, id);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("conversation-open").contains("(7)");
    assertThat(erase(id, id).status()).isEqualTo(409);
  }

  @Test
  void an_archive_is_sent_while_it_is_written() {
    String id = customer();

    for (int i = 0; i < 2; i++) {
      // The turn of the one before ends after its last byte.
      Http.Answer archive = Eventually.gives(
          "the archive",
          () -> Optional.of(admin.get("/api/v1/customers/" + id + "/archive"))
              .filter(answer -> answer.status() != 429)
              .orElse(null));

      assertThat(archive.status()).isEqualTo(200);
      assertThat(archive.text()).isEqualTo(ARCHIVE);
    }
  }

  @Test
  void an_archive_that_fails_is_reported_and_not_complete() {
    String id = customer();
    data.failure = new StoreException("for a test");

    assertThatThrownBy(() -> admin.get("/api/v1/customers/" + id + "/archive"))
        .as("the connection ends before the archive does")
        .isInstanceOf(UncheckedIOException.class);
    Eventually.holds("it is reported", () -> relay.observer.causes().contains(data.failure));
  }

  @Test
  void a_client_that_goes_away_is_no_failure_and_ends_the_turn() {
    String id = customer();
    data.size = 20_000;
    try (SlowClients client = new SlowClients(relay)) {
      client.send(
          1,
          "GET /api/v1/customers/" + id + "/archive HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + admin.headers().get("Cookie") + "\r\n\r\n");
      Eventually.holds("it is written", () -> data.begun.get() == 1);
      assertThat(erase(id, id).status()).isEqualTo(429);
    }

    Eventually.holds("the turn ends", () -> erase(id, id).status() == 200);
    assertThat(relay.observer.causes()).isEmpty();
  }

  @Test
  void only_admins_may() {
    String id = customer();
    Http supervisor = relay.agent("sue", Role.SUPERVISOR);

    assertThat(supervisor.get("/api/v1/customers/" + id + "/data").status()).isEqualTo(403);
    assertThat(supervisor.get("/api/v1/customers/" + id + "/archive").status()).isEqualTo(403);
    assertThat(supervisor.get("/api/v1/erasures").status()).isEqualTo(403);
    assertThat(supervisor
            .post("/api/v1/customers/" + id + "/erasure", "{\"confirm\":\"" + id + "\"}")
            .status())
        .isEqualTo(403);
    assertThat(admin.get("/api/v1/customers/999/data").status()).isEqualTo(404);
  }

  private Http.Answer erase(String id, String confirm) {
    return admin.post("/api/v1/customers/" + id + "/erasure", "{\"confirm\":\"" + confirm + "\"}");
  }

  private String customer() {
    Http ana = relay.customer("Ana");
    assertThat(ana.post("/api/v1/chat/messages", "{\"clientMessageId\":\"m1\",\"text\":\"hi\"}")
            .status())
        .isEqualTo(202);
    return "1";
  }

  /** The store of the server, which can do with customers' data what this test says. */
  private Store withData(Store store) {
    return (Store) Proxy.newProxyInstance(
        PrivacyRoutesTest.class.getClassLoader(),
        new Class<?>[] {Store.class},
        (it, method, given) -> {
          if (method.getName().equals("personalData")) {
            return Optional.of(data);
          }
          try {
            return method.invoke(store, given);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** Data of customers who have three messages each. */
  private static final class Data implements PersonalData {
    private final List<String> erased = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private List<ConversationId> open = List.of();
    private @Nullable StoreException failure;
    /** How many archives the archive is long. */
    private int size = 1;

    @Override
    public Optional<SortedMap<String, Long>> count(CustomerId customer) {
      return Optional.of(new TreeMap<>(Map.of("messages", 3L)));
    }

    @Override
    public Erased erase(CustomerId customer, Participant actor) {
      if (!open.isEmpty()) {
        return new Erased.Open(open);
      }
      erased.add(customer.toString());
      return new Erased.Done(record(customer, actor.id()));
    }

    private Erasure record(CustomerId customer, String actor) {
      return new Erasure(
          1,
          List.of(customer),
          Optional.empty(),
          actor,
          Instant.EPOCH,
          Optional.of(Instant.EPOCH),
          count(customer).orElseThrow(),
          Optional.empty());
    }

    @Override
    public SortedMap<String, Long> countBefore(Instant moment) {
      return new TreeMap<>();
    }

    @Override
    public Erasure eraseBefore(Instant moment, Participant actor) {
      return record(new CustomerId(1), actor.id());
    }

    @Override
    public int completeErasures() {
      return 0;
    }

    @Override
    public List<Erasure> erasures(int limit) {
      return erased.stream()
          .map(id -> record(new CustomerId(Long.parseLong(id)), "boss"))
          .toList();
    }

    @Override
    public boolean handOut(CustomerId customer, OutputStream target) throws IOException {
      begun.incrementAndGet();
      byte[] archive = ARCHIVE.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < size; i++) {
        target.write(archive);
      }
      if (failure != null) {
        throw failure;
      }
      return true;
    }
  }
}
