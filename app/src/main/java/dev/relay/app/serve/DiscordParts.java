package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.core.Relay;
import dev.relay.core.message.Topic;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.commands.CommandTexts;
import dev.relay.discord.commands.DiscordCommands;
import dev.relay.discord.commands.RelayServices;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** adapter-discord: the bot with its commands. Made before the Relay that it serves, which it is told of afterwards. */
final class DiscordParts {
  private final AtomicReference<@Nullable Relay> relay = new AtomicReference<>();
  private final DiscordCommands commands;
  private final DiscordBot bot;

  private DiscordParts(
      Configuration configuration, Secret token, InstantSource clock, EndOfService end) {
    this.commands = new DiscordCommands(
        () -> RelayServices.of(relay()),
        CommandTexts.shipped(),
        configuration.discord().commands(),
        clock);
    this.bot = DiscordBot.with(settings(configuration, token))
        .extension(commands)
        .lease(new SharedGateway(() -> relay().leases()))
        .onFatal(end::fail)
        .clock(clock)
        .build();
  }

  /** Empty where no token is set. */
  static Optional<DiscordParts> of(
      Configuration configuration, InstantSource clock, EndOfService end) {
    return configuration
        .discord()
        .token()
        .map(token -> new DiscordParts(configuration, token, clock, end));
  }

  static DiscordSettings settings(Configuration configuration, Secret token) {
    dev.relay.app.config.DiscordSettings own = configuration.discord();
    Map<Topic, Long> announcements = new EnumMap<>(Topic.class);
    own.announcementChannel()
        .ifPresent(id -> announcements.put(Topic.NEWS, Long.parseUnsignedLong(id)));
    own.bugChannel().ifPresent(id -> announcements.put(Topic.BUG, Long.parseUnsignedLong(id)));
    own.featureChannel()
        .ifPresent(id -> announcements.put(Topic.FEATURE_REQUEST, Long.parseUnsignedLong(id)));
    return new DiscordSettings(
        token.reveal(),
        own.apiUrl(),
        own.gatewayUrl(),
        own.helpChannel().map(Long::parseUnsignedLong),
        announcements,
        DiscordSettings.DEFAULT_MAX_FILE_BYTES,
        Locale.ENGLISH);
  }

  DiscordBot bot() {
    return bot;
  }

  /** Ends commands and connection, after the engine's last deliveries. */
  void close() {
    commands.close();
    bot.close();
  }

  /** From now on commands and the gateway's lease have something to work with. */
  void serve(Relay newRelay) {
    relay.set(newRelay);
  }

  private Relay relay() {
    Relay present = relay.get();
    if (present == null) {
      throw new IllegalStateException("the bot was started before its Relay");
    }
    return present;
  }
}
