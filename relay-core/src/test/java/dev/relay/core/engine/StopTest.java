package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.engine.commit.Scheduling;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Stopping an engine with real threads. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopTest {
  private final Queue<String> shown = new ConcurrentLinkedQueue<>();
  private final Queue<Inbox> inboxes = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Bench events = new Bench();
  private final MemoryStore store = new MemoryStore();

  @Test
  void accepted_events_are_delivered_before_the_stop_ends() {
    mayEnd.countDown();
    Relay relay = relay();
    relay.start();
    for (int each = 0; each < 50; each++) {
      var unused = relay.intake().submit(events.wrote("customer-" + each, "m" + each));
    }

    relay.stop(Duration.ofSeconds(30));

    assertThat(shown).hasSize(50);
  }

  @Test
  void deliveries_in_flight_end_and_count_as_delivered() throws InterruptedException {
    Relay relay = relay();
    relay.start();
    var unused = relay.intake().submit(events.wrote("ada", "hello"));
    begun.await();
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(() -> relay.stop(Duration.ofSeconds(30)));
    mayEnd.countDown();
    stopping.join();

    assertThat(shown).containsExactly("re: hello");
    Relay next = relay();
    next.start();
    next.stop(Duration.ofSeconds(30));
    assertThat(shown).as("nothing is delivered again").hasSize(1);
  }

  @Test
  void a_preparation_that_never_ends_leaves_time_for_deliveries_in_flight() throws Exception {
    Relay relay = relay();
    relay.start();
    var unused = relay.intake().submit(events.wrote("ada", "hello"));
    begun.await();
    var neverSettled = inboxes.element().submit("eve", CompletableFuture::new);
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(() -> relay.stop(Duration.ofSeconds(2)));
    while (!Health.down("stopping").equals(relay.health().get("engine"))) {
      Thread.sleep(5);
    }
    Thread.sleep(200);
    mayEnd.countDown();
    stopping.join();

    assertThat(shown).containsExactly("re: hello");
    assertThat(neverSettled).isNotDone();
  }

  @Test
  void a_lane_whose_attempt_has_found_no_thread_is_due_again_after_the_stop() {
    Bench bench = new Bench();
    Engine engine = bench.newEngine("one", new BusyPort());
    engine.start();
    var unused = engine.services().intake().submit(bench.wrote("ada", "hello"));
    assertThat(nextDue(bench)).as("the answer's lane is leased").isAfter(bench.time.instant());

    engine.stop(Duration.ofMillis(100));

    assertThat(bench.customers.calls).as("attempts").isEmpty();
    assertThat(nextDue(bench)).isEqualTo(bench.time.instant());
  }

  private static Instant nextDue(Bench bench) {
    return bench
        .store
        .read(queries -> queries.nextLaneDue(Bench.WEB, bench.time.instant()))
        .orElseThrow();
  }

  /** Runs each task at once in the thread that submits it, except those of the channel, whose threads are all busy; timers never fire. */
  private static final class BusyPort implements Scheduling {
    @Override
    public Executor executor(String name, int threads) {
      return task -> {
        if (!name.equals(Bench.WEB.value())) {
          task.run();
        }
      };
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public void close(Duration grace) {
      // No task is running.
    }
  }

  private Relay relay() {
    return Relay.builder()
        .store(store)
        .channel(new SlowChannel())
        .desk(new EmptyDesk())
        .virtualAgent(new Echo())
        .build();
  }

  private static final class Echo implements VirtualAgent {
    @Override
    public String displayName(Locale locale) {
      return "Echo";
    }

    @Override
    public Answer answer(Turn turn) {
      return new Answer.Replied(
          List.of(MessageBody.text("re: " + turn.text())), Answer.Outcome.CHATTED, 1);
    }
  }

  private final class SlowChannel implements Channel {
    @Override
    public PortId id() {
      return Bench.WEB;
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.all(2_000);
    }

    @Override
    public void start(Inbox inbox) {
      inboxes.add(inbox);
    }

    @Override
    public DeliveryResult deliver(Delivery delivery) {
      begun.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DeliveryResult.Unknown("interrupted");
      }
      shown.add(((Outbound.Message) delivery.what()).body().text());
      return DeliveryResult.delivered();
    }

    @Override
    public LookUp lookUp(Delivery delivery) {
      return new LookUp.NotFound();
    }

    @Override
    public Health health() {
      return Health.up();
    }

    @Override
    public void stop() {
      // Nothing to stop.
    }
  }

  private static final class EmptyDesk implements AgentDesk {
    @Override
    public PortId id() {
      return Bench.DESK;
    }

    @Override
    public void start(Inbox inbox) {
      // No live agent works here.
    }

    @Override
    public DeliveryResult deliver(DeskDelivery delivery) {
      return new DeliveryResult.Rejected("nobody sits here");
    }

    @Override
    public LookUp lookUp(DeskDelivery delivery) {
      return new LookUp.NotFound();
    }

    @Override
    public Health health() {
      return Health.up();
    }

    @Override
    public void stop() {
      // Nothing to stop.
    }
  }
}
