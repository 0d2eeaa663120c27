package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.discord.fake.JdaConnection;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddingTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private JDA host(Set<GatewayIntent> intents, boolean rawEvents) throws InterruptedException {
    scene.discord.hasCommand("host", "A command of the host's own");
    return JdaConnection.builder(scene.discord, intents)
        .setRawEventsEnabled(rawEvents)
        .addEventListeners(new ListenerAdapter() {})
        .build()
        .awaitReady();
  }

  @Test
  void relay_uses_the_hosts_connection_and_changes_nothing_else() throws Exception {
    JDA jda = host(EnumSet.of(GatewayIntent.DIRECT_MESSAGES), true);
    try {
      DiscordBot bot =
          scene.listening(DiscordBot.on(jda, DiscordSettings.of("").withMaxFileBytes(10)));

      scene.ada.writes("hi");
      scene.awaitTexts(1);
      assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "hello")))
          .isInstanceOf(Delivered.class);
      bot.close();
      scene.ada.writes("not heard");

      assertThat(jda.getStatus()).isEqualTo(JDA.Status.CONNECTED);
      assertThat(jda.getRegisteredListeners()).hasSize(1);
      assertThat(scene.discord.commands()).containsExactly("host");
      assertThat(scene.discord.gateway().identifies()).isEqualTo(1);
    } finally {
      jda.shutdownNow();
    }
    assertThat(scene.intake.texts()).containsExactly("hi");
  }

  @Test
  void a_host_without_raw_events_or_intents_is_rejected_with_advice() throws Exception {
    JDA quiet = host(EnumSet.of(GatewayIntent.DIRECT_MESSAGES), false);
    JDA deaf = host(EnumSet.of(GatewayIntent.GUILD_MESSAGES), true);
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DiscordBot.on(quiet, DiscordSettings.of("")).build())
          .withMessageContaining("setRawEventsEnabled(true)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DiscordBot.on(deaf, DiscordSettings.of("")).build())
          .withMessageContaining("DIRECT_MESSAGES");
    } finally {
      quiet.shutdownNow();
      deaf.shutdownNow();
    }
  }

  @Test
  void started_inside_the_hosts_own_on_ready_it_listens() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    List<DiscordBot> bots = new CopyOnWriteArrayList<>();
    JDA jda = JdaConnection.builder(scene.discord, EnumSet.of(GatewayIntent.DIRECT_MESSAGES))
        .setRawEventsEnabled(true)
        .addEventListeners(new ListenerAdapter() {
          @Override
          public void onReady(ReadyEvent event) {
            bots.add(scene.started(DiscordBot.on(event.getJDA(), DiscordSettings.of(""))));
            started.countDown();
          }
        })
        .build();
    try {
      started.await();
      Scene.awaitReady(bots.get(0));
      scene.ada.writes("hi");

      scene.awaitTexts(1);
    } finally {
      bots.forEach(DiscordBot::close);
      jda.shutdownNow();
    }
  }

  @Test
  void started_while_the_host_reconnects_it_listens_when_the_host_resumes() throws Exception {
    scene.expectsWarnings("Appending to reconnect queue", "Reconnect failed");
    JDA jda = host(EnumSet.of(GatewayIntent.DIRECT_MESSAGES), true);
    try {
      scene.discord.gateway().acceptsAndDrops(true);
      scene.discord.gateway().drops();
      Eventually.holds("the host is away", () -> jda.getStatus() != JDA.Status.CONNECTED);
      DiscordBot bot = scene.started(DiscordBot.on(jda, DiscordSettings.of("")));
      scene.discord.gateway().acceptsAndDrops(false);
      Eventually.holds(
          Duration.ofMinutes(1), () -> "the host is back", () -> bot.health().ready());
      scene.ada.writes("hi");

      scene.awaitTexts(1);
      bot.close();
    } finally {
      jda.shutdownNow();
    }
  }
}
