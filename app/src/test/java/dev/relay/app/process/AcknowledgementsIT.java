package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AcknowledgementsIT {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void the_first_two_messages_of_a_new_customer_open_one_conversation_however_close_they_are()
      throws Exception {
    int customers = 50;
    try (RunningJar jar = RunningJar.start(folder)) {
      jar.addAgent("ana", "ana", PASSWORD);
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      ExecutorService threads = Executors.newFixedThreadPool(2 * customers);
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<Integer>> sent = new ArrayList<>();
      for (int i = 0; i < customers; i++) {
        Client customer = Client.customer(jar::url, "c" + i);
        for (String id : List.of("m1", "m2")) {
          String text = "c" + i + "-" + id;
          sent.add(CompletableFuture.supplyAsync(
              () -> {
                awaitLatch(go);
                return customer.say(text, id).status();
              },
              threads));
        }
      }
      go.countDown();
      for (CompletableFuture<Integer> status : sent) {
        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(202);
      }
      threads.shutdown();

      JsonNode conversations =
          agent.get("/api/v1/conversations?state=bot&limit=100").json().get("items");
      assertThat(conversations).hasSize(customers);
      List<String> all = new ArrayList<>();
      for (JsonNode conversation : conversations) {
        JsonNode transcript = agent
            .get("/api/v1/conversations/" + conversation.get("id").asText())
            .json()
            .get("transcript");
        List<String> texts = new ArrayList<>();
        transcript.forEach(entry -> {
          if (entry.get("author").asText().equals("customer")) {
            texts.add(entry.get("text").asText());
          }
        });
        String name = conversation.get("customer").get("displayName").asText();
        assertThat(texts).containsExactlyInAnyOrder(name + "-m1", name + "-m2");
        all.add(name);
      }
      assertThat(all).doesNotHaveDuplicates();
    }
  }

  @Test
  void the_same_client_message_id_creates_nothing_new_before_and_after_a_restart() {
    Client.Answer first;
    AtomicReference<URI> url = new AtomicReference<>(URI.create("http://127.0.0.1"));
    try (RunningJar jar = RunningJar.start(folder)) {
      url.set(jar.url());
      Client customer = Client.customer(url::get, "Bo");
      first = customer.say("hello", "same");
      assertThat(first.status()).isEqualTo(202);
      assertThat(customer.say("hello", "same")).isEqualTo(first);
      jar.killHard();
      try (RunningJar again = RunningJar.start(folder)) {
        url.set(again.url());
        assertThat(customer.say("hello", "same")).isEqualTo(first);
        assertThat(customer.say("over", "last").status()).isEqualTo(202);
        try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
          chat.awaitMessage(event -> event.text().equals("over"));
          assertThat(chat.messages())
              .filteredOn(event -> event.author().equals("customer"))
              .extracting(EventStream.Event::text)
              .containsExactly("hello", "over");
        }
      }
    }
  }

  @Test
  void an_fsync_completes_before_each_acknowledgement() throws IOException {
    boolean present = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "strace")));
    boolean required = System.getProperty("relay.tests.require", "").contains("strace");
    Assumptions.assumeTrue(
        present || required, "strace is not installed, so fsyncs were NOT counted");
    assertThat(present).as("strace is required and not installed").isTrue();

    Path trace = folder.resolve("trace");
    // With a filter in the kernel, only the two calls stop the process, instead of all.
    List<String> strace = List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        "trace=fdatasync,fsync",
        "-o",
        trace.toString());
    try (RunningJar jar = RunningJar.start(folder, strace, Map.of())) {
      Client customer = Client.customer(jar::url, "Bo");
      customer.say("the first one opens the conversation", "m0");
      for (int i = 1; i <= 20; i++) {
        long before = fsyncsWhenQuiet(trace);
        assertThat(customer.say("message " + i, "m" + i).status()).isEqualTo(202);
        assertThat(fsyncs(trace)).as("fsyncs for message %d", i).isGreaterThan(before);
      }
    }
  }

  private static long fsyncs(Path trace) throws IOException {
    try (Stream<String> lines = Files.lines(trace)) {
      return lines
          .filter(line -> line.contains("sync") && line.stripTrailing().endsWith("= 0"))
          .count();
    }
  }

  /** Returns the number of fsyncs once the virtual agent's answer to the previous message is stored, too. */
  private static long fsyncsWhenQuiet(Path trace) throws IOException {
    long before = fsyncs(trace);
    while (true) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
      long now = fsyncs(trace);
      if (now == before) {
        return now;
      }
      before = now;
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the others did not get ready");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
