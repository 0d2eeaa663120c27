package dev.relay.app.config;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.virtualagent.FaqOptions;
import dev.relay.http.access.AccessLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is. What is not listed here is an error; the documentation is checked against it. */
final class Catalogue {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MIB = 1024 * 1024;
  private static final Duration YEAR = Duration.ofDays(365);

  // Where Relay listens, and how it is seen.
  static final Setting<String> HTTP_HOST = Setting.of(
      "http.host",
      Readings.matching(
          "a host name or address", Pattern.compile("[A-Za-z0-9._:-]{1,253}|\\[[0-9a-fA-F:.]+]")),
      "127.0.0.1",
      "127.0.0.1",
      "The address on which Relay listens. The default is reachable from this machine only.");
  static final Setting<Integer> HTTP_PORT = Setting.of(
      "http.port",
      Readings.integer(0, 65_535),
      8080,
      "8080",
      "The port on which Relay listens; 0 takes any free one and prints it at the start.");
  static final Setting<Optional<URI>> PUBLIC_URL = Setting.optional(
      "publicUrl",
      Readings.webAddress("http", "https"),
      "The address under which customers and agents reach Relay, when a proxy stands before it."
          + " With https, cookies are sent over https only. Default: http://host:port.");
  static final Setting<List<String>> TRUSTED_PROXIES = Setting.of(
      "http.trustedProxies",
      Readings.list(20, Readings.matching("an IP address", Pattern.compile("[0-9a-fA-F:.]{2,45}"))),
      List.of(),
      "none",
      "Proxies whose X-Forwarded-For header is believed when requests are counted per address.");
  static final Setting<List<URI>> EMBED_ORIGINS = Setting.of(
      "http.embedOrigins",
      Readings.list(50, Readings.webAddress("https", "http")),
      List.of(),
      "none",
      "Web sites that may show the web chat in a frame, such as https://shop.example.");

  // How often strangers may try something; counted in memory.
  static final Setting<Duration> LIMIT_WINDOW = Setting.of(
      "limits.window",
      Readings.duration(SECOND, Duration.ofDays(1)),
      AccessLimits.DEFAULT.window(),
      "15m",
      "The time within which the other limits count.");
  static final Setting<Integer> LOGIN_PER_ACCOUNT = Setting.of(
      "limits.loginFailuresPerAccount",
      Readings.integer(1, 10_000),
      AccessLimits.DEFAULT.loginFailuresPerAccount(),
      "10",
      "How many failed log-ins of one user name from one address are free; after each further one"
          + " that address waits longer: 30s, 1m, 2m, up to limits.window.");
  static final Setting<Integer> LOGIN_PER_ADDRESS = Setting.of(
      "limits.loginFailuresPerAddress",
      Readings.integer(1, 100_000),
      AccessLimits.DEFAULT.loginFailuresPerAddress(),
      "100",
      "How many failed log-ins from one address are allowed before it must wait.");
  static final Setting<Integer> CHATS_PER_ADDRESS = Setting.of(
      "limits.chatSessionsPerAddress",
      Readings.integer(1, 1_000_000),
      AccessLimits.DEFAULT.chatSessionsPerAddress(),
      "500",
      "How many chat sessions may be opened from one address. Behind a proxy that http.trustedProxies"
          + " does not name, all people together have one address.");
  static final Setting<Integer> UPLOADS_PER_SESSION = Setting.of(
      "limits.uploadsPerSession",
      Readings.integer(1, 100_000),
      AccessLimits.DEFAULT.uploadsPerSession(),
      "60",
      "How many files may be uploaded in one chat session.");
  static final Setting<Integer> UPLOAD_MEGABYTES_PER_SESSION = Setting.of(
      "limits.uploadMegabytesPerSession",
      Readings.integer(1, 1_000_000),
      (int) (AccessLimits.DEFAULT.uploadBytesPerSession() / MIB),
      "100",
      "How many megabytes of files one chat session may upload within an hour.");
  static final Setting<Integer> UPLOAD_MEGABYTES_PER_HOUR = Setting.of(
      "limits.uploadMegabytesPerHour",
      Readings.integer(1, 1_000_000),
      (int) (AccessLimits.DEFAULT.uploadBytesPerHour() / MIB),
      "1024",
      "How many megabytes of files all chat sessions together may upload within an hour.");
  static final Setting<Integer> MESSAGES_AT_ONCE = Setting.of(
      "limits.messagesAtOnce",
      Readings.integer(1, 1_000_000),
      AccessLimits.DEFAULT.messagesAtOnce(),
      "100",
      "How many messages, edits and button presses of one chat session are taken without a pause;"
          + " further ones are answered with 429.");
  static final Setting<Integer> MESSAGES_PER_MINUTE = Setting.of(
      "limits.messagesPerMinute",
      Readings.integer(1, 1_000_000),
      AccessLimits.DEFAULT.messagesPerMinute(),
      "60",
      "How many of these a chat session gets back per minute.");
  static final Setting<Integer> INTAKE_LIMIT = Setting.of(
      "limits.waitingEvents",
      Readings.integer(100, 1_000_000),
      Settings.defaults().intakeLimit(),
      "10000",
      "How many events may wait to be stored before further ones are answered with 503.");

  // Where the data is.
  static final Setting<Path> DATA_DIR = Setting.of(
      "dataDir",
      Readings.path(),
      Path.of("relay-data"),
      "./relay-data",
      "The folder of the SQLite database. Must be on a local disk. Created where it is missing.");
  static final Setting<Optional<String>> DATABASE_URL = Setting.optional(
          "database.url",
          Readings.matching(
              "a JDBC address: jdbc:sqlite:/path/relay.db",
              Pattern.compile("jdbc:sqlite:.{1,1000}")),
          "The database. Default: the file relay.db in the data folder.")
      .asAddress();

  // What the virtual agent knows.
  static final Setting<Optional<Path>> KNOWLEDGE_DIR = Setting.optional(
      "knowledge.dir",
      Readings.path(),
      "The folder of Markdown articles, read again when a file changes. Default: a small sample.");
  static final Setting<Optional<URI>> BOT_URL = Setting.optional(
      "bot.url",
      Readings.webAddress("https", "http"),
      "A remote virtual agent (Rasa's REST format) in place of the built-in one.");
  static final Setting<Duration> BOT_TIMEOUT = Setting.of(
      "bot.timeout",
      Readings.duration(SECOND, Duration.ofMinutes(1)),
      Duration.ofSeconds(10),
      "10s",
      "How long an answer of the remote virtual agent may take.");

  static final Setting<Locale> KNOWLEDGE_LANGUAGE = Setting.of(
      "knowledge.language",
      Readings.language(),
      Locale.ENGLISH,
      "en",
      "The language of articles that do not say theirs.");
  static final Setting<String> BOT_NAME = Setting.of(
      "bot.name",
      Readings.text(80),
      "Assistant",
      "Assistant",
      "The name under which the remote virtual agent writes to customers.");
  static final Setting<Double> BOT_THRESHOLD = Setting.of(
      "bot.threshold",
      Readings.decimal(0, 1),
      FaqOptions.DEFAULT_THRESHOLD,
      String.valueOf(FaqOptions.DEFAULT_THRESHOLD),
      "The least confidence at which the built-in virtual agent shows articles;"
          + " `relay knowledge calibrate` finds your own.");
  static final Setting<Integer> BOT_ARTICLES = Setting.of(
      "bot.articles",
      Readings.integer(1, 3),
      FaqOptions.defaults().articles(),
      "3",
      "How many articles the built-in virtual agent shows at the most.");

  // How long things rest.
  static final Setting<Duration> BOT_IDLE = Setting.of(
      "conversation.botIdle",
      Readings.duration(Duration.ofMinutes(1), YEAR),
      ConversationPolicy.DEFAULT.botIdle(),
      "1d",
      "After how long without a word a conversation with the virtual agent is closed.");
  static final Setting<Duration> QUEUE_TIMEOUT = Setting.of(
      "conversation.queueTimeout",
      Readings.duration(SECOND, YEAR),
      ConversationPolicy.DEFAULT.queueTimeout(),
      "30m",
      "How long a customer waits for an agent before the virtual agent takes over again.");
  static final Setting<Duration> LIVE_IDLE = Setting.of(
      "conversation.liveIdle",
      Readings.duration(Duration.ofMinutes(1), YEAR),
      ConversationPolicy.DEFAULT.liveIdle(),
      "1d",
      "After how long without a word a conversation with an agent is closed, its case pending.");
  static final Setting<Duration> REOPEN_WINDOW = Setting.of(
      "cases.reopenWindow",
      Readings.duration(SECOND, YEAR),
      CasePolicy.DEFAULT.reopenWindow(),
      "3d",
      "How long a solved case is taken up again when its customer comes back; then it is closed.");
  static final Setting<Duration> REMINDER_AFTER = Setting.of(
      "cases.reminderAfter",
      Readings.duration(Duration.ZERO, YEAR),
      CasePolicy.DEFAULT.reminderAfter(),
      "2d",
      "How long a case is pending before its customer is reminded; 0s: never.");
  static final Setting<List<Duration>> BACK_OFF = Setting.of(
      "delivery.backOff",
      Readings.list(30, Readings.duration(Duration.ZERO, Duration.ofDays(7))),
      BackOff.DEFAULT.delays(),
      BackOff.DEFAULT.delays().stream().map(Readings::show).collect(Collectors.joining(", ")),
      "The waits between attempts to deliver; after the last one the delivery becomes a dead"
          + " letter.");
  static final Setting<Double> JITTER = Setting.of(
      "delivery.jitter",
      Readings.decimal(0, 1),
      BackOff.DEFAULT.jitter(),
      "0.2",
      "By which part of itself a wait may be shorter or longer, so that retries spread out.");
  static final Setting<Integer> CONCURRENCY = Setting.of(
      "delivery.concurrency",
      Readings.integer(1, 1000),
      Settings.defaults().concurrency(),
      "32",
      "How many deliveries of one channel or desk are made at a time.");
  static final Setting<Duration> LEASE = Setting.of(
      "delivery.lease",
      Readings.duration(Duration.ofSeconds(5), Duration.ofMinutes(10)),
      Duration.ofMinutes(1),
      "1m",
      "How long a delivery may take before another attempt is made; after a crash, deliveries that"
          + " were under way wait as long. Must be longer than bot.timeout; with Discord, whose"
          + " deliveries end after 50s, do not go below 1m.");
  static final Setting<Duration> SEEN_FOR = Setting.of(
      "retention.seenEvents",
      Readings.duration(Duration.ofHours(1), YEAR),
      Settings.defaults().seenFor(),
      "30d",
      "How long an event is remembered so that its repeat is recognised and does nothing.");
  static final Setting<Duration> STOP_GRACE = Setting.of(
      "stopGrace",
      Readings.duration(Duration.ZERO, Duration.ofMinutes(5)),
      Duration.ofSeconds(20),
      "20s",
      "How long a stop waits for requests and deliveries under way, all together.");

  // Who serves whom, and in which words.
  static final Setting<Map<QueueName, QueueSettings>> QUEUES = Setting.of(
      "queues",
      new QueuesReading(),
      Map.of(),
      "none: one queue named default, always open",
      "Business hours and agent desk of queues. A queue that is not listed is always open.");
  static final Setting<Optional<DeskSettings.Desk>> DESK_DEFAULT = Setting.of(
      "desk.default",
      Readings.optional(Readings.oneOf(DeskSettings.Desk.class)),
      Optional.empty(),
      "flex with Twilio, else relay",
      "Which agent desk serves the queues that name none: Relay's own, or Twilio Flex.");
  static final Setting<Optional<DeskSettings.Fallback>> DESK_FALLBACK = Setting.of(
      "desk.fallback",
      Readings.optional(Readings.oneOf(DeskSettings.Fallback.class)),
      Optional.empty(),
      "relay where desk.default is flex, else none",
      "Which desk takes a customer whom the desk of their queue refuses or cannot be reached for.");
  static final Setting<List<Duration>> DESK_BACK_OFF = Setting.of(
      "desk.backOff",
      Readings.list(30, Readings.duration(Duration.ZERO, Duration.ofHours(1))),
      List.of(Duration.ZERO, SECOND, Duration.ofSeconds(5), Duration.ofSeconds(15)),
      "0s, 1s, 5s, 15s",
      "The waits between attempts to bring a customer to a desk; after the last one the desk counts"
          + " as not reached.");
  static final Setting<List<DeclaredRule>> ROUTING = Setting.of(
      "routing",
      new RoutingReading(),
      List.of(),
      "none: everybody begins with the virtual agent",
      "The routing rules. `relay routes explain` tells which rule a situation takes and why.");
  static final Setting<Map<String, String>> NOTICES = Setting.of(
      "notices",
      new NoticesReading(),
      Map.of(),
      "none",
      "Texts that replace what Relay itself says to people; {case} and the like are filled in.");

  static final Setting<LogLevel> LOG_LEVEL = Setting.of(
      "log.level",
      Readings.oneOf(LogLevel.class),
      LogLevel.INFO,
      "info",
      "How much is written to the log (standard error). Texts of people never are.");

  private static final List<Setting<?>> OWN = List.of(
      HTTP_HOST,
      HTTP_PORT,
      PUBLIC_URL,
      TRUSTED_PROXIES,
      EMBED_ORIGINS,
      LIMIT_WINDOW,
      LOGIN_PER_ACCOUNT,
      LOGIN_PER_ADDRESS,
      CHATS_PER_ADDRESS,
      UPLOADS_PER_SESSION,
      UPLOAD_MEGABYTES_PER_SESSION,
      UPLOAD_MEGABYTES_PER_HOUR,
      MESSAGES_AT_ONCE,
      MESSAGES_PER_MINUTE,
      INTAKE_LIMIT,
      DATA_DIR,
      DATABASE_URL,
      KNOWLEDGE_DIR,
      KNOWLEDGE_LANGUAGE,
      BOT_URL,
      BOT_TIMEOUT,
      BOT_NAME,
      BOT_THRESHOLD,
      BOT_ARTICLES,
      BOT_IDLE,
      QUEUE_TIMEOUT,
      LIVE_IDLE,
      REOPEN_WINDOW,
      REMINDER_AFTER,
      BACK_OFF,
      JITTER,
      CONCURRENCY,
      LEASE,
      SEEN_FOR,
      STOP_GRACE,
      QUEUES,
      DESK_DEFAULT,
      DESK_FALLBACK,
      DESK_BACK_OFF,
      ROUTING,
      NOTICES,
      LOG_LEVEL);

  static final List<Setting<?>> ALL = Stream.of(OWN, RemoteCatalogue.ALL, TwilioCatalogue.ALL)
      .<Setting<?>>flatMap(List::stream)
      .toList();

  private Catalogue() {}

  static List<String> keys() {
    return ALL.stream().<String>map(Setting::key).toList();
  }

  static List<String> variables() {
    return ALL.stream().<String>map(Setting::variable).toList();
  }
}
