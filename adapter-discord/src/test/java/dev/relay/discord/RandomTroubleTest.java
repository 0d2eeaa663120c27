package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomTroubleTest {
  private static final long SEED = 20_261_123;
  private static final int CUSTOMERS = 10;
  private static final int MESSAGES = 15;
  private static final int LONG = 2_500;
  private static final long PATIENCE_SECONDS = 240;

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  /** Delivers as the engine does with one lane: looks a delivery in doubt up before it retries. */
  private static void deliver(Channel channel, Delivery first) {
    Delivery delivery = first;
    boolean inDoubt = false;
    while (true) {
      if (inDoubt) {
        LookUp found = channel.lookUp(delivery);
        if (found instanceof LookUp.Found) {
          return;
        }
        if (found instanceof LookUp.CannotTell) {
          continue;
        }
      }
      DeliveryResult result = channel.deliver(delivery);
      if (result instanceof Delivered) {
        return;
      }
      inDoubt = result instanceof Unknown;
      delivery = Scene.again(delivery, delivery.attempt() + 1);
    }
  }

  private static String text(int customer, int number) {
    String text = "message " + number + " for " + customer;
    return number % 5 == 0 ? text + " " + "x".repeat(LONG) : text;
  }

  @Test
  void random_failures_lose_double_or_reorder_nothing() throws Exception {
    scene.expectsWarnings("Appending to reconnect queue", "Reconnect failed");
    Random random = new Random(SEED);
    DiscordBot bot = scene.listening();
    List<FakeCustomer> customers = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      FakeCustomer customer = scene.discord.customer("customer" + i);
      customer.writes("begin " + i);
      customers.add(customer);
    }
    scene.awaitTexts(CUSTOMERS);
    scene.discord.faults().atRandom(random, 0.1, Routes.SEND_MESSAGE, Fault.actsThenDrops());
    scene.discord.faults().atRandom(random, 0.1, Routes.SEND_MESSAGE, Fault.answers(500));
    scene.discord.faults().atRandom(random, 0.1, Routes.SEND_MESSAGE, Fault.actsThenAnswers(500));
    scene.discord.faults().atRandom(random, 0.05, Routes.HISTORY, Fault.answers(500));
    scene
        .discord
        .faults()
        .atRandom(random, 0.05, Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofSeconds(1)));
    scene.discord.gateway().dropsAtRandom(random, 0.02);
    ExecutorService lanes = Executors.newFixedThreadPool(CUSTOMERS);
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int i = 0; i < CUSTOMERS; i++) {
        int number = i;
        running.add(lanes.submit(() -> {
          for (int message = 1; message <= MESSAGES; message++) {
            FakeCustomer to = customers.get(number);
            deliver(bot.channel(), Scene.message(to, message, text(number, message)));
            to.writes("answer " + message);
          }
        }));
      }
      for (Future<?> one : running) {
        one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      lanes.shutdownNow();
    }
    scene.discord.faults().clear();
    scene.discord.gateway().dropsAtRandom(random, 0);
    scene.awaitTexts(CUSTOMERS * (MESSAGES + 1));

    for (int i = 0; i < CUSTOMERS; i++) {
      StringBuilder expected = new StringBuilder();
      List<String> written = new ArrayList<>(List.of("begin " + i));
      for (int message = 1; message <= MESSAGES; message++) {
        expected.append(text(i, message));
        written.add("answer " + message);
      }
      assertThat(String.join("", customers.get(i).textsFromBot()).replaceAll("\\s+", ""))
          .as("what customer %d sees, seed %d", i, SEED)
          .isEqualTo(expected.toString().replaceAll("\\s+", ""));
      assertThat(scene.intake.texts(DiscordAddresses.address(customers.get(i).id())))
          .as("what customer %d wrote, seed %d", i, SEED)
          .containsExactlyElementsOf(written);
    }
  }
}
