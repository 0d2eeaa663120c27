package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.gateway.ConnectionTimes;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SurvivalTest {
  private static final ConnectionTimes SOON =
      new ConnectionTimes(Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMinutes(5));

  private final Scene scene = new Scene();
  private final List<String> fatal = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    scene.close();
  }

  /** Returns a builder of a bot that renews its lease and retries sooner than usual. */
  private DiscordBot.Builder builder() {
    return DiscordBot.with(scene.settings()).onFatal(fatal::add).times(SOON);
  }

  /** A lease that bots hold one after the other. */
  private static final class SharedLease {
    private final AtomicReference<String> holder = new AtomicReference<>("");
    private volatile boolean wasHeld;

    boolean isFreeAgain() {
      return wasHeld && "".equals(holder.get());
    }

    GatewayLease of(String name) {
      return new GatewayLease() {
        @Override
        public boolean hold() {
          boolean holds = holder.compareAndSet("", name) || name.equals(holder.get());
          wasHeld |= holds;
          return holds;
        }

        @Override
        public void release() {
          holder.compareAndSet(name, "");
        }
      };
    }
  }

  @Test
  void the_start_is_retried_until_discord_answers() {
    scene.discord.faults().next(2, Routes.SELF, Fault.answers(500));
    DiscordBot bot = scene.started(builder());

    Eventually.holds("it says so", () -> bot.health().detail().contains("cannot be reached"));
    Scene.awaitReady(bot);

    assertThat(fatal).isEmpty();
    assertThat(scene.discord.requests().count(Routes.SELF)).isEqualTo(3);
  }

  @Test
  void a_wrong_token_ends_the_bot_with_advice() {
    scene.discord.faults().always(Routes.SELF, Fault.answers(401));
    DiscordBot bot = scene.started(builder());

    Eventually.holds("it is told", () -> !fatal.isEmpty());

    assertThat(fatal).hasSize(1);
    assertThat(fatal.get(0)).contains("RELAY_DISCORD_TOKEN");
    assertThat(bot.health().ready()).isFalse();
    assertThat(bot.health().detail()).contains("token");
  }

  @Test
  void a_token_that_the_gateway_refuses_ends_the_bot() {
    scene.expectsWarnings("cannot be recovered");
    scene.discord.gateway().refusesToken(true);
    DiscordBot bot = scene.started(builder());

    Eventually.holds("it is told", () -> !fatal.isEmpty());

    assertThat(fatal.get(0)).contains("RELAY_DISCORD_TOKEN");
    assertThat(bot.health().ready()).isFalse();
  }

  @Test
  void a_disabled_intent_ends_the_bot_with_advice() {
    scene.expectsWarnings("cannot be recovered");
    scene.discord.gateway().refusesPrivilegedIntents(true);
    long help = scene.discord.guild().addsTextChannel("help");
    scene.started(DiscordBot.with(scene.settings().withHelpChannel(help)).onFatal(fatal::add));

    Eventually.holds("it is told", () -> !fatal.isEmpty());

    assertThat(fatal.get(0)).contains("Message Content Intent");
  }

  @Test
  void a_bot_without_help_channel_asks_for_no_privileged_intent() {
    scene.discord.gateway().refusesPrivilegedIntents(true);
    scene.listening(builder());
    assertThat(fatal).isEmpty();
  }

  @Test
  void a_permanent_close_of_a_running_session_ends_the_bot() {
    scene.expectsWarnings("cannot be recovered");
    DiscordBot bot = scene.listening(builder());

    scene.discord.gateway().closes(4004, "Authentication failed.");

    Eventually.holds("it is told", () -> !fatal.isEmpty());
    assertThat(bot.health().ready()).isFalse();
  }

  @Test
  void a_server_that_accepts_and_drops_connections_is_not_flooded() {
    scene.expectsWarnings("Appending to reconnect queue", "Reconnect failed");
    DiscordBot bot = scene.listening(builder());
    int before = scene.discord.gateway().connectionsOpened();

    scene.discord.gateway().acceptsAndDrops(true);
    scene.discord.gateway().drops();
    Eventually.holds(
        "it tries again", () -> scene.discord.gateway().connectionsOpened() >= before + 3);
    int stormed = scene.discord.gateway().connectionsOpened() - before;
    scene.discord.gateway().acceptsAndDrops(false);
    scene.ada.writes("are you there?");
    Eventually.holds(
        Duration.ofMinutes(1), () -> "it is back", () -> scene.intake.texts().size() == 1);

    assertThat(stormed).isLessThan(10);
    assertThat(bot.health().ready()).isTrue();
    assertThat(fatal).isEmpty();
  }

  @Test
  void no_session_is_begun_once_discord_s_daily_budget_is_used_up() {
    scene.discord.gateway().leavesSessions(40);

    DiscordBot bot = scene.started(builder());

    Eventually.holds(
        "the operator is told", () -> bot.health().detail().contains("resets the token"));
    assertThat(scene.discord.gateway().identifies()).isZero();
    assertThat(bot.health().ready()).isFalse();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "sending needs no session")))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void a_budget_that_cannot_be_asked_for_does_not_keep_the_bot_out() {
    scene.discord.faults().always(Routes.GATEWAY_OF_BOT, Fault.answers(404));

    scene.listening(builder());

    assertThat(scene.discord.gateway().identifies()).isEqualTo(1);
  }

  @Test
  void a_short_interruption_does_not_count() {
    DiscordBot bot = scene.listening(builder());

    scene.discord.gateway().asksToReconnect();
    Eventually.holds("it resumes", () -> scene.discord.gateway().resumes() == 1);

    assertThat(bot.health().ready()).isTrue();
    scene.ada.writes("hi");
    scene.awaitTexts(1);
  }

  @Test
  void one_of_two_instances_listens_and_both_send() {
    SharedLease lease = new SharedLease();
    DiscordBot first = scene.listening(builder().lease(lease.of("first")));
    DiscordBot second = scene.started(builder().lease(lease.of("second")));
    Eventually.holds("it is standing by", () -> second.health().detail().contains("standing by"));

    scene.ada.writes("hi");
    scene.awaitTexts(1);
    assertThat(second.channel().deliver(Scene.message(scene.ada, 1, "from the second")))
        .isInstanceOf(Delivered.class);

    assertThat(scene.discord.gateway().identifies()).isEqualTo(1);
    assertThat(scene.intake.submitted()).isEqualTo(1);
    assertThat(second.health().ready()).isTrue();
    assertThat(first.health().ready()).isTrue();
  }

  @Test
  void another_instance_takes_over_and_reads_missed_messages() {
    SharedLease lease = new SharedLease();
    DiscordBot first = scene.listening(builder().lease(lease.of("first")));
    DiscordBot second = scene.started(builder().lease(lease.of("second")));
    scene.ada.writes("one");
    scene.awaitTexts(1);

    first.close();
    scene.ada.writes("two");
    scene.awaitTexts(2);

    assertThat(scene.intake.texts()).containsExactly("one", "two");
    assertThat(second.health().detail()).isEqualTo("ok");
  }

  @Test
  void an_instance_that_loses_the_lease_leaves_the_gateway_and_continues_to_send() {
    SharedLease lease = new SharedLease();
    DiscordBot first = scene.listening(builder().lease(lease.of("first")));

    lease.holder.set("somebody else");
    Eventually.holds("it is standing by", () -> first.health().detail().contains("standing by"));
    Eventually.holds("it is away", () -> !scene.discord.gateway().isConnected());

    assertThat(first.channel().deliver(Scene.message(scene.ada, 1, "still there")))
        .isInstanceOf(Delivered.class);
    assertThat(fatal).isEmpty();
  }

  @Test
  void an_instance_that_cannot_ask_for_the_lease_is_not_ready() {
    DiscordBot bot = scene.started(builder().lease(new GatewayLease() {
      @Override
      public boolean hold() {
        throw new IllegalStateException("the store is away");
      }

      @Override
      public void release() {
        // No other instance waits for the lease.
      }
    }));

    Eventually.holds("it says so", () -> bot.health().detail().contains("store"));

    assertThat(bot.health().ready()).isFalse();
    assertThat(bot.health().detail()).doesNotContain("another instance");
  }

  @Test
  void a_lease_that_is_taken_while_the_bot_stops_is_given_back() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    SharedLease shared = new SharedLease();
    GatewayLease lease = shared.of("first");
    DiscordBot bot = scene.started(builder().lease(new GatewayLease() {
      @Override
      public boolean hold() {
        asked.countDown();
        try {
          answer.await();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
        return lease.hold();
      }

      @Override
      public void release() {
        lease.release();
      }
    }));
    Eventually.holds("it asks", () -> asked.getCount() == 0);
    bot.channel().stop();

    answer.countDown();

    Eventually.holds("it was held and given back", () -> shared.isFreeAgain());
    assertThat(scene.discord.gateway().identifies()).isZero();
  }
}
