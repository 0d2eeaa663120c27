package dev.relay.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.store.Store;
import dev.relay.http.EventReader;
import dev.relay.http.Http;
import dev.relay.http.TestServer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The counts that all agents' streams share. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DeskCountsTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final ChangeCount changes = new ChangeCount();
  private final AtomicLong nanos = new AtomicLong();
  private final DeskCounts counts = new DeskCounts(countingStore(), changes, nanos::get);

  @Test
  void counts_are_computed_once_per_change_and_once_a_second_for_everybody() {
    askOften();
    assertThat(reads).hasValue(1);
    nanos.addAndGet(DeskCounts.PERIOD.toNanos());
    askOften();
    assertThat(reads).as("nothing has changed").hasValue(1);

    changes.grow();
    askOften();
    assertThat(reads).hasValue(2);
    changes.grow();
    askOften();
    assertThat(reads).as("within the second").hasValue(2);
    assertThat(counts.isOutdated(counts.get())).isTrue();

    nanos.addAndGet(DeskCounts.PERIOD.toNanos());
    assertThat(counts.isOutdated(counts.get())).isFalse();
    assertThat(reads).hasValue(3);
  }

  @Test
  void every_agent_sees_the_last_counts_however_quickly_things_change() {
    try (TestServer relay = new TestServer()) {
      List<EventReader> desks = new ArrayList<>();
      for (String name : List.of("alice", "bob", "carl")) {
        desks.add(relay.agent(name).events("/api/v1/desk/events"));
      }
      for (int i = 0; i < 12; i++) {
        relay
            .customer("c" + i)
            .post(
                "/api/v1/chat/actions",
                "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a\"}");
      }
      Http alice = relay.agent("alice");
      JsonNode waiting = alice.get("/api/v1/conversations?state=waiting").json().get("items");
      alice.post("/api/v1/conversations/" + waiting.get(0).get("id").textValue() + "/accept", "");

      desks.get(0).await(event -> isSummary(event, 11, 1));
      desks.get(1).await(event -> isSummary(event, 11, 0));
      desks.get(2).await(event -> isSummary(event, 11, 0));
      desks.forEach(EventReader::close);
    }
  }

  private static boolean isSummary(EventReader.Event event, int waiting, int mine) {
    return event.name().equals("summary")
        && event.data().get("waiting").intValue() == waiting
        && event.data().get("live").intValue() == 1
        && event.data().get("mine").intValue() == mine;
  }

  private void askOften() {
    for (int i = 0; i < 50; i++) {
      counts.get();
    }
  }

  private Store countingStore() {
    MemoryStore store = new MemoryStore();
    return (Store) Proxy.newProxyInstance(
        DeskCountsTest.class.getClassLoader(),
        new Class<?>[] {Store.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("read")) {
            reads.incrementAndGet();
          }
          return method.invoke(store, arguments);
        });
  }
}
