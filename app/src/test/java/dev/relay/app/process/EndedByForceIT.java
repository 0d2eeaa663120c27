package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Order(1)
class EndedByForceIT {
  private static final String PASSWORD = "a long enough password";
  private static final int TALKS = 4;
  private static final int ROUNDS = Integer.getInteger("relay.tests.rounds", 20);
  /**
   * Deliveries under way are repeated soon, and customers may write faster than people can. On a busy machine the work under way can take
   * longer to end than the default allows.
   */
  private static final String[] SHORT_LEASE = {
    "--set", "delivery.lease=5s",
    "--set", "stopGrace=50s",
    "--set", "bot.timeout=4s",
    "--set", "limits.messagesAtOnce=1000000"
  };

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://127.0.0.1"));
  private final ExecutorService threads = Executors.newFixedThreadPool(2 * TALKS);

  @Test
  void acknowledged_messages_survive_kill_9_once_and_in_order_on_both_sides() throws Exception {
    long began = System.nanoTime();
    long seed = Long.getLong("relay.tests.seed", System.nanoTime());
    System.out.println("kill -9 rounds with -Drelay.tests.seed=" + seed);
    Random random = new Random(seed);
    RunningJar jar = RunningJar.start(folder, SHORT_LEASE);
    try {
      List<Talk> talks = openTalks(jar);
      for (int round = 0; round < ROUNDS; round++) {
        int before = acknowledged(talks);
        List<CompletableFuture<Void>> writing = startWriting(talks, new AtomicBoolean());
        // On a busy machine the first answer after a start can take longer than the random wait.
        Eventually.holds(
            () -> "a message is acknowledged in this round", () -> acknowledged(talks) > before);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(700)));
        jar.killHard();
        for (CompletableFuture<Void> each : writing) {
          each.get(30, TimeUnit.SECONDS);
        }
        jar = RunningJar.start(folder, SHORT_LEASE);
        url.set(jar.url());
        talks.forEach(Talk::reconnect);
        talks.forEach(Talk::awaitSeenByCustomer);
      }
      talks.forEach(Talk::check);
      int acknowledged = acknowledged(talks);
      System.out.printf(
          "%d acknowledged messages survived %d kills, in %d s%n",
          acknowledged, ROUNDS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
      assertThat(acknowledged).isGreaterThan(ROUNDS);
      talks.forEach(Talk::close);
    } finally {
      jar.close();
      threads.shutdownNow();
    }
  }

  @Test
  void a_stop_under_load_keeps_all_acknowledged_messages_and_ends_regularly() throws Exception {
    List<Talk> talks;
    try (RunningJar jar = RunningJar.start(folder, SHORT_LEASE)) {
      talks = openTalks(jar);
      List<CompletableFuture<Void>> writing = startWriting(talks, new AtomicBoolean());
      Eventually.holds(
          () -> "some messages", () -> talks.stream().allMatch(talk -> talk.acknowledged() > 10));
      jar.terminate();
      assertThat(jar.awaitExit(60)).isIn(0, 143);
      assertThat(jar.printed()).contains("Stopped.").doesNotContain("ERROR");
      for (CompletableFuture<Void> each : writing) {
        each.get(30, TimeUnit.SECONDS);
      }
      assertThat(folder.resolve("relay-data/relay.db-wal")).doesNotExist();
    }
    try (RunningJar jar = RunningJar.start(folder, SHORT_LEASE)) {
      url.set(jar.url());
      talks.forEach(Talk::reconnect);
      talks.forEach(Talk::check);
      talks.forEach(Talk::close);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int acknowledged(List<Talk> talks) {
    return talks.stream().mapToInt(Talk::acknowledged).sum();
  }

  private List<Talk> openTalks(RunningJar jar) {
    url.set(jar.url());
    jar.addAgent("ana", "ana", PASSWORD);
    Client agent = Client.agent(url::get, "ana", PASSWORD);
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < TALKS; i++) {
      talks.add(Talk.open("customer " + i, url::get, agent));
    }
    return talks;
  }

  private List<CompletableFuture<Void>> startWriting(List<Talk> talks, AtomicBoolean stop) {
    List<CompletableFuture<Void>> writing = new ArrayList<>();
    for (Talk talk : talks) {
      writing.add(CompletableFuture.runAsync(() -> talk.customerWrites(stop), threads));
      writing.add(CompletableFuture.runAsync(() -> talk.agentWrites(stop), threads));
    }
    return writing;
  }
}
