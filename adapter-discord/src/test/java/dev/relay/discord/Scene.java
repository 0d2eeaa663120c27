package dev.relay.discord;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.Inbox;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A fake Discord, an intake, and bots between them. At the end, no malformed request may have been sent, and JDA's gateway client must not
 * have logged warnings.
 */
final class Scene implements AutoCloseable {
  private static final Participant BOT =
      new Participant(Participant.Role.VIRTUAL_AGENT, "virtual-agent", "Relay");

  final FakeDiscord discord;
  final TestIntake intake = new TestIntake();
  final FakeCustomer ada;
  final FakeCustomer bob;
  private final CapturedLog log = CapturedLog.open();
  private final List<DiscordBot> bots = new ArrayList<>();
  private String[] expectedWarnings = {};

  Scene() {
    this(FakeDiscord.startInRealTime());
  }

  Scene(FakeDiscord discord) {
    this.discord = discord;
    ada = discord.customer("ada");
    bob = discord.customer("bob");
  }

  DiscordSettings settings() {
    return DiscordBots.settings(discord);
  }

  /** Starts a bot and waits until it has entered the gateway. */
  DiscordBot listening() {
    return listening(DiscordBot.with(settings()));
  }

  /** Starts a bot and waits until it has entered the gateway. */
  DiscordBot listening(DiscordBot.Builder builder) {
    DiscordBot bot = started(builder);
    awaitReady(bot);
    return bot;
  }

  /** Starts a bot without waiting. */
  DiscordBot started(DiscordBot.Builder builder) {
    DiscordBot bot = builder.build();
    bots.add(bot);
    bot.channel().start(Inbox.of(intake));
    return bot;
  }

  static void awaitReady(DiscordBot bot) {
    Eventually.holds("the bot is ready", () -> bot.health().ready());
  }

  /** Waits until the intake has received that many texts. */
  void awaitTexts(int count) {
    Eventually.holds(count + " texts arrive", () -> intake.texts().size() >= count);
  }

  static Delivery delivery(FakeCustomer to, int number, Outbound what, int attempt) {
    ConversationId conversation = new ConversationId(to.id() % 1_000_000);
    return new Delivery(
        DeliveryId.of(new LaneKey(conversation, Destination.CUSTOMER), number),
        conversation,
        new EntryId(number),
        DiscordAddresses.address(to.id()),
        Locale.ENGLISH,
        what,
        attempt,
        Instant.now());
  }

  static Delivery message(FakeCustomer to, int number, String text) {
    return delivery(to, number, new Outbound.Message(BOT, MessageBody.text(text)), 1);
  }

  static Delivery again(Delivery delivery, int attempt) {
    UnaryOperator<Delivery> copy = old -> new Delivery(
        old.id(),
        old.conversation(),
        old.entry(),
        old.to(),
        old.locale(),
        old.what(),
        attempt,
        old.at());
    return copy.apply(delivery);
  }

  /** Returns a copy of a delivery that was created later. */
  static Delivery later(Delivery delivery, Duration by) {
    return new Delivery(
        delivery.id(),
        delivery.conversation(),
        delivery.entry(),
        delivery.to(),
        delivery.locale(),
        delivery.what(),
        delivery.attempt(),
        delivery.at().plus(by));
  }

  static String externalId(DeliveryResult result) {
    return ((DeliveryResult.Delivered) result).externalId().orElseThrow();
  }

  /** Allows warnings of JDA's gateway client that contain these texts. */
  void expectsWarnings(String... parts) {
    expectedWarnings = parts;
  }

  @Override
  public void close() {
    bots.forEach(DiscordBot::close);
    discord.close();
    log.close();
    log.assertGatewayClientQuiet(expectedWarnings);
    discord.assertNothingOdd();
  }
}
