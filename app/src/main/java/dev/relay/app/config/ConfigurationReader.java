package dev.relay.app.config;

import dev.relay.app.config.Loaded.Shown;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.routing.RuleBook;
import dev.relay.discord.commands.CommandSettings;
import dev.relay.discord.commands.FormSettings;
import dev.relay.discord.feeds.FeedSettings;
import dev.relay.http.access.AccessLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a {@link Configuration} of the values of all places. Not thread-safe. */
final class ConfigurationReader {
  private static final long MIB = 1024 * 1024;
  /** Twilio takes webhook addresses of 512 characters, of which Relay needs some. */
  private static final int MAX_WEBHOOK_BASE = 400;

  /**
   * How many calls of a handoff are reckoned with their whole time-out. Without a flow a handoff makes six in all. With one it can make
   * eighteen, yet the first that has no answer in time ends the attempt, so that the others have been answered sooner. To reckon all
   * eighteen in full would refuse the defaults for a handoff that hardly comes about; and one that does outlive its lease is looked up
   * before it is made again.
   */
  private static final int SLOW_CALLS_OF_HANDOFF = 6;
  /** How long a handoff waits for the task of a Studio flow, besides its calls. */
  private static final Duration WAIT_FOR_FLOW = Duration.ofSeconds(10);

  private final Faults faults;
  private final List<SettingValues> places;

  private ConfigurationReader(Faults faults, List<SettingValues> places) {
    this.faults = faults;
    this.places = places;
  }

  static Loaded read(ConfigurationSource source) throws ConfigurationException {
    Faults faults = new Faults();
    SettingValues overrides = SettingsOverrides.read(source.overrides(), faults);
    SettingValues variables = SettingsVariables.read(source.environment(), faults);
    SettingValues file = source
        .chosenFile()
        .map(path -> SettingsFile.read(path, faults))
        .orElse(SettingValues.none());
    ConfigurationReader reader =
        new ConfigurationReader(faults, List.of(overrides, variables, file));
    Configuration configuration = reader.configuration();
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults.list());
    }
    return new Loaded(configuration, Catalogue.ALL.stream().map(reader::shown).toList());
  }

  private Configuration configuration() {
    return new Configuration(
        new ListenSettings(
            get(Catalogue.HTTP_HOST),
            get(Catalogue.HTTP_PORT),
            get(Catalogue.PUBLIC_URL),
            get(Catalogue.TRUSTED_PROXIES),
            get(Catalogue.EMBED_ORIGINS)),
        new AccessLimits(
            get(Catalogue.LIMIT_WINDOW),
            get(Catalogue.LOGIN_PER_ACCOUNT),
            get(Catalogue.LOGIN_PER_ADDRESS),
            get(Catalogue.CHATS_PER_ADDRESS),
            get(Catalogue.UPLOADS_PER_SESSION),
            MIB * get(Catalogue.UPLOAD_MEGABYTES_PER_SESSION),
            MIB * get(Catalogue.UPLOAD_MEGABYTES_PER_HOUR),
            get(Catalogue.MESSAGES_AT_ONCE),
            get(Catalogue.MESSAGES_PER_MINUTE)),
        get(Catalogue.DATA_DIR),
        get(Catalogue.DATABASE_URL),
        get(Catalogue.KNOWLEDGE_DIR),
        get(Catalogue.KNOWLEDGE_LANGUAGE),
        new BotSettings(
            get(Catalogue.BOT_URL),
            get(Catalogue.BOT_TIMEOUT),
            get(Catalogue.BOT_NAME),
            get(Catalogue.BOT_THRESHOLD),
            get(Catalogue.BOT_ARTICLES)),
        engine(),
        get(Catalogue.STOP_GRACE),
        get(Catalogue.NOTICES),
        get(Catalogue.LOG_LEVEL),
        discord(),
        feeds(),
        desks(),
        twilio());
  }

  private DiscordSettings discord() {
    needs(RemoteCatalogue.DISCORD_HELP_CHANNEL, RemoteCatalogue.DISCORD_TOKEN);
    needs(RemoteCatalogue.DISCORD_ANNOUNCEMENT_CHANNEL, RemoteCatalogue.DISCORD_TOKEN);
    needs(RemoteCatalogue.DISCORD_BUG_CHANNEL, RemoteCatalogue.DISCORD_TOKEN);
    needs(RemoteCatalogue.DISCORD_FEATURE_CHANNEL, RemoteCatalogue.DISCORD_TOKEN);
    Optional<String> help = get(RemoteCatalogue.DISCORD_HELP_CHANNEL);
    Optional<String> announcements = get(RemoteCatalogue.DISCORD_ANNOUNCEMENT_CHANNEL);
    Optional<String> bugs = get(RemoteCatalogue.DISCORD_BUG_CHANNEL);
    Optional<String> features = get(RemoteCatalogue.DISCORD_FEATURE_CHANNEL);
    Set<String> channels = Stream.of(help, announcements, bugs, features)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
    return new DiscordSettings(
        get(RemoteCatalogue.DISCORD_TOKEN),
        get(RemoteCatalogue.DISCORD_API_URL),
        get(RemoteCatalogue.DISCORD_GATEWAY_URL),
        help,
        announcements,
        bugs,
        features,
        new CommandSettings(
            new FormSettings(
                get(RemoteCatalogue.DISCORD_BUG_FIELDS),
                get(RemoteCatalogue.DISCORD_FEATURE_FIELDS)),
            Set.copyOf(get(RemoteCatalogue.DISCORD_STAFF_ROLES)),
            Set.copyOf(get(RemoteCatalogue.DISCORD_COMMANDS_LEFT_OUT)),
            Set.copyOf(get(RemoteCatalogue.DISCORD_GUILDS)),
            channels));
  }

  private FeedSettings feeds() {
    needs(RemoteCatalogue.FEEDS, RemoteCatalogue.DISCORD_ANNOUNCEMENT_CHANNEL);
    Duration maxAge = get(RemoteCatalogue.FEEDS_MAX_AGE);
    if (maxAge.compareTo(get(Catalogue.SEEN_FOR)) >= 0) {
      SettingValues.first(places, RemoteCatalogue.FEEDS_MAX_AGE.key())
          .or(() -> SettingValues.first(places, Catalogue.SEEN_FOR.key()))
          .ifPresent(value -> faults.add(
              RemoteCatalogue.FEEDS_MAX_AGE.key(),
              "",
              "must be shorter than retention.seenEvents, else old news could come again",
              value.source()));
    }
    return new FeedSettings(get(RemoteCatalogue.FEEDS), get(RemoteCatalogue.FEEDS_EVERY), maxAge);
  }

  private Settings engine() {
    Map<QueueName, QueueSettings> queues = get(Catalogue.QUEUES);
    Map<QueueName, BusinessHours> hours = new HashMap<>();
    Map<QueueName, PortId> desks = new HashMap<>();
    queues.forEach((name, queue) -> {
      queue.hours().ifPresent(open -> hours.put(name, open));
      queue.desk().ifPresent(desk -> desks.put(name, desk.id()));
    });
    if (desks.containsValue(DeskSettings.Desk.FLEX.id())) {
      needs(Catalogue.QUEUES, TwilioCatalogue.ACCOUNT_SID);
    }
    Settings defaults = Settings.defaults();
    return new Settings(
        ruleBook(get(Catalogue.ROUTING), hours),
        new ConversationPolicy(
            get(Catalogue.BOT_IDLE), get(Catalogue.QUEUE_TIMEOUT), get(Catalogue.LIVE_IDLE)),
        new CasePolicy(get(Catalogue.REOPEN_WINDOW), get(Catalogue.REMINDER_AFTER)),
        new BackOff(get(Catalogue.BACK_OFF), get(Catalogue.JITTER)),
        defaults.virtualAgentBackOff(),
        desks().handoffBackOff(),
        hours,
        desks,
        desks().fallback().map(DeskSettings.Desk::id),
        get(Catalogue.INTAKE_LIMIT),
        lease(),
        get(Catalogue.CONCURRENCY),
        get(Catalogue.SEEN_FOR));
  }

  private Duration lease() {
    Duration lease = get(Catalogue.LEASE);
    if (lease.compareTo(get(Catalogue.BOT_TIMEOUT)) <= 0) {
      String source = SettingValues.first(places, Catalogue.BOT_TIMEOUT.key())
          .or(() -> SettingValues.first(places, Catalogue.LEASE.key()))
          .map(Value::source)
          .orElse("default");
      faults.add(
          Catalogue.BOT_TIMEOUT.key(),
          "",
          "must be shorter than delivery.lease, which is " + Readings.show(lease),
          source);
    }
    return lease;
  }

  private DeskSettings desks() {
    Optional<DeskSettings.Desk> chosen = get(Catalogue.DESK_DEFAULT);
    Optional<DeskSettings.Fallback> fallback = get(Catalogue.DESK_FALLBACK);
    if (chosen.filter(it -> it == DeskSettings.Desk.FLEX).isPresent()) {
      needs(Catalogue.DESK_DEFAULT, TwilioCatalogue.ACCOUNT_SID);
    }
    if (fallback.filter(it -> it == DeskSettings.Fallback.FLEX).isPresent()) {
      needs(Catalogue.DESK_FALLBACK, TwilioCatalogue.ACCOUNT_SID);
    }
    boolean twilio =
        SettingValues.first(places, TwilioCatalogue.ACCOUNT_SID.key()).isPresent();
    DeskSettings.Desk standard =
        chosen.orElse(twilio ? DeskSettings.Desk.FLEX : DeskSettings.Desk.RELAY);
    DeskSettings.Fallback usual = standard == DeskSettings.Desk.FLEX
        ? DeskSettings.Fallback.RELAY
        : DeskSettings.Fallback.NONE;
    return new DeskSettings(
        standard,
        fallback.orElse(usual).desk(),
        new BackOff(get(Catalogue.DESK_BACK_OFF), get(Catalogue.JITTER)));
  }

  private TwilioSettings twilio() {
    TwilioSettings twilio = new TwilioSettings(
        get(TwilioCatalogue.ACCOUNT_SID),
        get(TwilioCatalogue.AUTH_TOKEN),
        get(TwilioCatalogue.SECOND_AUTH_TOKEN),
        get(TwilioCatalogue.API_KEY_SID),
        get(TwilioCatalogue.API_KEY_SECRET),
        get(TwilioCatalogue.CHAT_SERVICE_SID),
        get(TwilioCatalogue.WORKSPACE_SID),
        get(TwilioCatalogue.WORKFLOW_SID),
        get(TwilioCatalogue.INSTANCE_SID),
        get(TwilioCatalogue.STUDIO_FLOW_SID),
        get(TwilioCatalogue.ROUTING),
        get(TwilioCatalogue.SMS_SENDER),
        get(TwilioCatalogue.WHATSAPP_SENDER),
        get(TwilioCatalogue.MESSENGER_SENDER),
        get(TwilioCatalogue.SENDER_LANGUAGE),
        get(TwilioCatalogue.API_URL),
        get(TwilioCatalogue.REQUEST_TIMEOUT),
        get(TwilioCatalogue.WATCH_EVERY));
    needs(TwilioCatalogue.ACCOUNT_SID, TwilioCatalogue.AUTH_TOKEN);
    needs(TwilioCatalogue.ACCOUNT_SID, TwilioCatalogue.CHAT_SERVICE_SID);
    needs(TwilioCatalogue.ACCOUNT_SID, TwilioCatalogue.WORKSPACE_SID);
    needs(TwilioCatalogue.ACCOUNT_SID, TwilioCatalogue.WORKFLOW_SID);
    needs(TwilioCatalogue.ACCOUNT_SID, Catalogue.PUBLIC_URL);
    needs(TwilioCatalogue.API_KEY_SID, TwilioCatalogue.API_KEY_SECRET);
    needs(TwilioCatalogue.API_KEY_SECRET, TwilioCatalogue.API_KEY_SID);
    needs(TwilioCatalogue.SECOND_AUTH_TOKEN, TwilioCatalogue.AUTH_TOKEN);
    TwilioCatalogue.OF_ACCOUNT.forEach(setting -> needs(setting, TwilioCatalogue.ACCOUNT_SID));
    if (twilio.routing() == TwilioSettings.Routing.STUDIO) {
      needs(TwilioCatalogue.ROUTING, TwilioCatalogue.ACCOUNT_SID);
    }
    if (twilio.isOn()) {
      handoffFitsLease(twilio);
      get(Catalogue.PUBLIC_URL)
          .filter(url -> url.toString().length() > MAX_WEBHOOK_BASE)
          .flatMap(url -> SettingValues.first(places, Catalogue.PUBLIC_URL.key()))
          .ifPresent(value -> faults.add(
              Catalogue.PUBLIC_URL.key(),
              "",
              "has at most " + MAX_WEBHOOK_BASE + " characters where Twilio is on",
              value.source()));
    }
    return twilio;
  }

  /** A handoff that outlives its lease is begun a second time beside the first. */
  private void handoffFitsLease(TwilioSettings twilio) {
    boolean studio = twilio.routing() == TwilioSettings.Routing.STUDIO;
    Duration beside = studio ? WAIT_FOR_FLOW : Duration.ZERO;
    Duration timeout = twilio.requestTimeout();
    Duration lease = get(Catalogue.LEASE);
    if (lease.compareTo(timeout.multipliedBy(SLOW_CALLS_OF_HANDOFF).plus(beside)) > 0) {
      return;
    }
    String rest = studio ? " and " + Readings.show(WAIT_FOR_FLOW) : "";
    Duration shorterThan = lease.minus(beside).dividedBy(SLOW_CALLS_OF_HANDOFF);
    String limit = shorterThan.compareTo(TwilioCatalogue.SHORTEST_TIMEOUT) > 0
        ? "expected less than " + Readings.show(shorterThan) + ", or a longer delivery.lease"
        : "expected a longer delivery.lease";
    SettingValues.first(places, TwilioCatalogue.REQUEST_TIMEOUT.key())
        .or(() -> SettingValues.first(places, Catalogue.LEASE.key()))
        .or(() -> SettingValues.first(places, TwilioCatalogue.ROUTING.key()))
        .ifPresent(value -> faults.add(
            TwilioCatalogue.REQUEST_TIMEOUT.key(),
            Readings.show(timeout),
            limit + ": " + SLOW_CALLS_OF_HANDOFF + " times that" + rest
                + " must be shorter than delivery.lease, which is " + Readings.show(lease),
            value.source()));
  }

  /** Tells of a setting that is of no use without another one. */
  private void needs(Setting<?> setting, Setting<?> other) {
    Optional<Value> value = SettingValues.first(places, setting.key());
    if (value.isPresent() && SettingValues.first(places, other.key()).isEmpty()) {
      faults.add(
          other.key(),
          "",
          "is missing: " + setting.key() + " needs it; set it in the file or as "
              + other.variable(),
          setting.key() + ": " + value.get().source());
    }
  }

  private RuleBook ruleBook(List<DeclaredRule> declared, Map<QueueName, BusinessHours> hoursOf) {
    List<RoutingRule> rules = new ArrayList<>();
    for (DeclaredRule rule : declared) {
      List<Condition> conditions = new ArrayList<>(rule.conditions());
      for (DeclaredRule.HoursCondition asked : rule.hours()) {
        Optional<BusinessHours> hours = Optional.ofNullable(hoursOf.get(asked.queue()));
        if (hours.isEmpty()) {
          faults.add(
              Catalogue.ROUTING.key(),
              asked.queue().value(),
              "rule " + rule.name() + " asks for the hours of a queue that has none under queues",
              rule.source());
        }
        hours.ifPresent(found -> conditions.add(new Condition.DuringHours(found, asked.open())));
      }
      rules.add(new RoutingRule(rule.name(), conditions, rule.route()));
    }
    return new RuleBook(rules);
  }

  private <T> T get(Setting<T> setting) {
    Optional<Value> value = SettingValues.first(places, setting.key());
    if (value.isEmpty()) {
      return setting.fallback();
    }
    Faults own = setting.isSecret() ? faults.masking() : new Faults();
    Optional<T> result = setting.reading().read(setting.key(), value.get(), own);
    faults.addAll(own);
    return result.orElse(setting.fallback());
  }

  private Shown shown(Setting<?> setting) {
    return SettingValues.first(places, setting.key())
        .map(value -> new Shown(setting.key(), shownText(setting, value), value.source()))
        .orElseGet(() -> new Shown(setting.key(), setting.fallbackText(), "default"));
  }

  private static String shownText(Setting<?> setting, Value value) {
    return switch (setting.exposure()) {
      case OPEN -> value.render();
      case SECRET -> Secret.MASK;
      case ADDRESS ->
        value
            .render()
            .replaceAll("://[^/@]*@", "://" + Secret.MASK + "@")
            .replaceAll("\\?.*", "?" + Secret.MASK);
    };
  }
}
