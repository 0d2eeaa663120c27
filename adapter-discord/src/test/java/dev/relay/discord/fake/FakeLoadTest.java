package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Many dialogues at once, with random failures of every kind. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeLoadTest {
  private static final int CUSTOMERS = 30;
  private static final int MESSAGES = 20;

  @Test
  void a_bot_that_repeats_with_the_same_nonce_answers_each_message_once() {
    try (FakeDiscord discord = FakeDiscord.startInRealTime()) {
      JDA jda = JdaConnection.connect(discord, (EventListener) event -> {
        if (event instanceof MessageReceivedEvent message
            && !message.getAuthor().isBot()) {
          answer(
              message.getChannel(),
              "re: " + message.getMessage().getContentRaw(),
              message.getMessageId());
        }
      });
      Random random = new Random(11);
      discord
          .faults()
          .atRandom(random, 0.05, Routes.SEND_MESSAGE, Fault.slow(Duration.ofMillis(20)));
      discord.faults().atRandom(random, 0.05, Routes.SEND_MESSAGE, Fault.actsThenDrops());
      discord.faults().atRandom(random, 0.05, Routes.SEND_MESSAGE, Fault.actsThenAnswers(500));
      discord.faults().atRandom(random, 0.05, Routes.SEND_MESSAGE, Fault.dropsBeforeActing());
      discord.gateway().dropsAtRandom(random, 0.01);
      List<FakeCustomer> customers = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < CUSTOMERS; i++) {
        customers.add(discord.customer("customer" + i));
      }

      for (int message = 0; message < MESSAGES; message++) {
        expected.add("re: message " + message);
        for (FakeCustomer customer : customers) {
          customer.writes("message " + message);
        }
      }

      for (FakeCustomer customer : customers) {
        Eventually.holds(
            "answers to " + customer.name(), () -> customer.textsFromBot().size() >= MESSAGES);
        assertThat(customer.textsFromBot()).containsExactlyInAnyOrderElementsOf(expected);
      }
      jda.shutdownNow();
      discord.assertNothingOdd();
    }
  }

  private static void answer(MessageChannel channel, String text, String nonce) {
    channel
        .sendMessage(text)
        .setNonce(nonce)
        .queue(done -> {}, failure -> answer(channel, text, nonce));
  }
}
