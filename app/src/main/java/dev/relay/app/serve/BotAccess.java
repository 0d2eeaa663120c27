package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.DiscordSettings;
import dev.relay.app.config.Secret;
import dev.relay.core.message.Topic;
import dev.relay.discord.DiscordSetup;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Converts the operator's Discord settings to the bot's. */
public final class BotAccess {
  private BotAccess() {}

  /** Returns the set-up of a server with the operator's texts. */
  public static DiscordSetup setup(Configuration configuration, Secret token) {
    return new DiscordSetup(
        of(configuration.discord(), token),
        configuration.discord().commands(),
        TextFolder.read(configuration.texts().dir()).of(TextFolder.COMMANDS));
  }

  /** Returns the bot's settings with a token. */
  public static dev.relay.discord.DiscordSettings of(DiscordSettings own, Secret token) {
    Map<Topic, Long> announcements = new EnumMap<>(Topic.class);
    own.announcementChannel()
        .ifPresent(id -> announcements.put(Topic.NEWS, Long.parseUnsignedLong(id)));
    own.bugChannel().ifPresent(id -> announcements.put(Topic.BUG, Long.parseUnsignedLong(id)));
    own.featureChannel()
        .ifPresent(id -> announcements.put(Topic.FEATURE_REQUEST, Long.parseUnsignedLong(id)));
    return new dev.relay.discord.DiscordSettings(
        token.reveal(),
        own.apiUrl(),
        own.gatewayUrl(),
        own.helpChannel().map(Long::parseUnsignedLong),
        announcements,
        dev.relay.discord.DiscordSettings.DEFAULT_MAX_FILE_BYTES,
        Locale.ENGLISH);
  }
}
