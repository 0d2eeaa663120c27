package dev.relay.app.config;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.routing.QueueName;
import dev.relay.core.routing.RuleBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the operator has set, checked and complete. Immutable.
 *
 * @param http where Relay listens
 * @param login how agents log in
 * @param dataDir the folder of the SQLite database
 * @param databaseUrl the database, where it is not the one in the data folder
 * @param knowledgeDir the folder of articles; empty: the sample
 * @param knowledgeLanguage the language of articles that do not say theirs
 * @param bot which virtual agent answers
 * @param conversations how long conversations wait
 * @param cases how long cases rest
 * @param backOff how long deliveries wait
 * @param stopGrace how long a stop waits for work under way
 * @param queues the queues that have hours or a desk of their own
 * @param ruleBook the routing rules
 * @param notices texts that replace Relay's own, by notice and (after a dot) language
 * @param logLevel how much is logged
 * @param discord Discord
 * @param twilio Twilio Flex
 */
public record Configuration(
    HttpSettings http,
    LoginSettings login,
    Path dataDir,
    Optional<String> databaseUrl,
    Optional<Path> knowledgeDir,
    Locale knowledgeLanguage,
    BotSettings bot,
    ConversationPolicy conversations,
    CasePolicy cases,
    BackOff backOff,
    Duration stopGrace,
    Map<QueueName, QueueSettings> queues,
    RuleBook ruleBook,
    Map<String, String> notices,
    LogLevel logLevel,
    DiscordSettings discord,
    TwilioSettings twilio) {
  /** Copies the maps, so that the configuration cannot change. */
  public Configuration {
    queues = Map.copyOf(queues);
    notices = Map.copyOf(notices);
  }

  /** The address of the database. */
  public String database() {
    return databaseUrl.orElseGet(() -> "jdbc:sqlite:" + dataDir.resolve("relay.db"));
  }
}
