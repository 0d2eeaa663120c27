package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Channel.TypingIndicator;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The signs that somebody is typing, in both directions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TypingTest {
  private final Scene scene = new Scene();
  private final long help = scene.discord.guild().addsTextChannel("customer-service");

  @AfterEach
  void close() {
    scene.close();
  }

  private static CustomerAddress addressOf(FakeCustomer customer) {
    return DiscordAddresses.address(customer.id());
  }

  private static TypingIndicator typing(DiscordBot bot) {
    return bot.channel().typingIndicator().orElseThrow();
  }

  private int signs() {
    return scene.discord.requests().count(Routes.TYPING);
  }

  @Test
  void a_customer_who_types_in_a_direct_message_is_reported() {
    scene.listening();

    scene.ada.types();

    Eventually.holds("it is reported", () -> !scene.intake.typing().isEmpty());
    assertThat(scene.intake.typing()).containsExactly(addressOf(scene.ada));
    assertThat(scene.intake.applied()).isEmpty();
  }

  @Test
  void a_customer_who_types_in_their_own_thread_is_reported_and_nobody_else_in_the_server() {
    DiscordBot bot = scene.listening(DiscordBot.with(scene.settings().withHelpChannel(help)));
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "here I am"));
    long thread = scene.discord.guild().threads(help).get(0).id();
    long general = scene.discord.guild().addsTextChannel("general");

    scene.bob.in(general).types();
    scene.ada.in(general).types();
    scene.ada.in(thread).types();

    Eventually.holds("it is reported", () -> !scene.intake.typing().isEmpty());
    assertThat(scene.intake.typing()).containsExactly(addressOf(scene.ada));
  }

  @Test
  void the_customer_sees_in_the_direct_message_that_the_agent_types() {
    DiscordBot bot = scene.listening();
    scene.ada.writes("hi");
    scene.awaitTexts(1);

    typing(bot).show(addressOf(scene.ada));

    Eventually.holds("the sign is shown", () -> signs() == 1);
    assertThat(scene.discord.requests().of(Routes.TYPING).get(0).path())
        .contains(Long.toString(scene.ada.inDirectMessage().channelId()));
  }

  @Test
  void the_customer_sees_it_in_the_thread() {
    DiscordBot bot = scene.listening(DiscordBot.with(scene.settings().withHelpChannel(help)));
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "here I am"));

    typing(bot).show(addressOf(scene.ada));

    Eventually.holds("the sign is shown", () -> signs() == 1);
    assertThat(scene.discord.requests().of(Routes.TYPING).get(0).path())
        .contains(Long.toString(scene.discord.guild().threads(help).get(0).id()));
  }

  @Test
  void a_sign_opens_no_direct_message_with_a_customer_who_has_none() {
    DiscordBot bot = scene.listening();
    scene.discord.requests().clear();

    typing(bot).show(addressOf(scene.bob));
    typing(bot).show(new CustomerAddress(DiscordAddresses.CHANNEL, "nobody"));
    // What was sent before is answered before this.
    bot.channel().deliver(Scene.message(scene.ada, 1, "hello"));

    assertThat(signs()).isZero();
    assertThat(scene.discord.requests().count(Routes.OPEN_DIRECT_MESSAGE)).isEqualTo(1);
  }

  @Test
  void a_sign_that_is_rate_limited_is_not_repeated_and_delays_no_message() {
    DiscordBot bot = scene.listening();
    scene.ada.writes("hi");
    scene.awaitTexts(1);
    scene.discord.faults().always(Routes.TYPING, Fault.rateLimits(Duration.ofMinutes(10)));

    typing(bot).show(addressOf(scene.ada));
    typing(bot).show(addressOf(scene.ada));

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "hello")))
        .isInstanceOf(Delivered.class);
    Eventually.holds("the sign was tried", () -> signs() >= 1);
    assertThat(signs()).isEqualTo(1);
  }

  @Test
  void a_sign_before_the_connection_is_dropped() {
    DiscordBot bot = DiscordBot.with(scene.settings()).build();
    try {
      typing(bot).show(addressOf(scene.ada));
    } finally {
      bot.close();
    }

    assertThat(signs()).isZero();
  }
}
