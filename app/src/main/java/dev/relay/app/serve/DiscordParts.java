package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.core.Relay;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.commands.CommandTexts;
import dev.relay.discord.commands.DiscordCommands;
import dev.relay.discord.commands.RelayServices;
import java.time.InstantSource;
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
    this.bot = DiscordBot.with(BotAccess.of(configuration.discord(), token))
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
