package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.core.Relay;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.DiscordCommands;
import dev.relay.discord.StaffNotices;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The bot of adapter-discord with its commands. Built before the Relay that it serves, because a Relay needs its channels first. */
final class DiscordParts {
  private final DiscordCommands commands;
  private final SharedGateway gateway = new SharedGateway();
  private final DiscordBot bot;

  private DiscordParts(
      Configuration configuration,
      Secret token,
      TextFolder texts,
      InstantSource clock,
      EndOfService end) {
    this.commands = DiscordCommands.with(configuration.discord().commands())
        .texts(texts.of(TextFolder.COMMANDS))
        .clock(clock)
        .build();
    this.bot = DiscordBot.with(BotAccess.of(configuration.discord(), token))
        .extension(commands)
        .texts(texts.of(TextFolder.CHANNEL))
        .lease(gateway)
        .remembersFor(configuration.engine().seenFor())
        .sessionFile(configuration.storage().dataDir().resolve("discord-sessions"))
        .onFatal(end::fail)
        .clock(clock)
        .build();
  }

  /** Returns the bot; empty if no token is set. */
  static Optional<DiscordParts> of(
      Configuration configuration, TextFolder texts, InstantSource clock, EndOfService end) {
    return configuration
        .discord()
        .token()
        .map(token -> new DiscordParts(configuration, token, texts, clock, end));
  }

  DiscordBot bot() {
    return bot;
  }

  /** Starts the notices to staff; empty if no channel of staff is configured. */
  Optional<StaffNotices> staffNotices(
      Configuration configuration, Relay relay, InstantSource clock) {
    return configuration
        .discord()
        .staff()
        .map(channel -> StaffNotices.start(bot, relay, List.of(channel), clock));
  }

  /** Ends commands and connection, after the engine's last deliveries. */
  void close() {
    commands.close();
    bot.close();
  }

  /** Sets the Relay that the commands and the gateway's lease work on from now on. */
  void serve(Relay relay) {
    gateway.serve(relay.leases());
    commands.serve(relay);
    bot.serve(relay);
  }
}
