package dev.relay.discord;

import dev.relay.discord.fake.FakeDiscord;
import java.net.URI;

/** Bots that are connected to the fake Discord. */
final class DiscordBots {
  private DiscordBots() {}

  static DiscordSettings settings(FakeDiscord discord) {
    return DiscordSettings.of(discord.token())
        .at(URI.create(discord.restUrl()), URI.create(discord.gatewayUrl()));
  }
}
