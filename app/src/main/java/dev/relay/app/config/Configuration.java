package dev.relay.app.config;

import dev.relay.core.operations.Settings;
import dev.relay.discord.feeds.FeedSettings;
import dev.relay.http.access.AccessLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the operator has set, checked and complete. Immutable.
 *
 * @param http where Relay listens
 * @param limits how often strangers may try something
 * @param dataDir the folder of the SQLite database
 * @param databaseUrl the database, where it is not the one in the data folder
 * @param knowledgeDir the folder of articles; empty: the sample
 * @param knowledgeLanguage the language of articles that do not say theirs
 * @param bot which virtual agent answers
 * @param engine rules, waits and limits of the engine
 * @param stopGrace how long a stop waits for work under way
 * @param notices texts that replace Relay's own, by language and (after a dot) notice
 * @param logLevel how much is logged
 * @param discord Discord
 * @param feeds the news of web sites that is announced
 * @param desks which desk serves whom
 * @param twilio Twilio
 */
public record Configuration(
    ListenSettings http,
    AccessLimits limits,
    Path dataDir,
    Optional<String> databaseUrl,
    Optional<Path> knowledgeDir,
    Locale knowledgeLanguage,
    BotSettings bot,
    Settings engine,
    Duration stopGrace,
    Map<String, String> notices,
    LogLevel logLevel,
    DiscordSettings discord,
    FeedSettings feeds,
    DeskSettings desks,
    TwilioSettings twilio) {
  /** Copies the map, so that the configuration cannot change. */
  public Configuration {
    notices = Map.copyOf(notices);
  }

  /** The address of the database. */
  public String database() {
    return databaseUrl.orElseGet(() -> "jdbc:sqlite:" + dataDir.resolve("relay.db"));
  }
}
