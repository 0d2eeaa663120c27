package dev.relay.app.serve;

import dev.relay.app.config.BotSettings;
import dev.relay.app.config.Configuration;
import dev.relay.app.config.ListenSettings;
import dev.relay.app.config.Secret;
import dev.relay.app.observe.EventLog;
import dev.relay.app.observe.HealthSource;
import dev.relay.app.observe.HttpMetrics;
import dev.relay.app.observe.MetricsPage;
import dev.relay.app.observe.RelayMetrics;
import dev.relay.app.observe.StudioMetrics;
import dev.relay.app.observe.TwilioMetrics;
import dev.relay.app.plugin.ConnectedPlugins;
import dev.relay.core.Relay;
import dev.relay.core.RelayBuilder;
import dev.relay.core.access.AccessStore;
import dev.relay.core.channel.Announcer;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.FaqAgent.FaqOptions;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.discord.FeedWatch;
import dev.relay.discord.StaffNotices;
import dev.relay.http.ChatSettings;
import dev.relay.http.HttpServer;
import dev.relay.http.HttpSettings;
import dev.relay.http.RemoteVirtualAgent;
import dev.relay.http.StreamLimits;
import dev.relay.http.WebPorts;
import dev.relay.http.WebhookRoute;
import dev.relay.jdbc.JdbcStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The composition root: creates the parts of Relay by plain constructor calls. Used by one thread. */
final class Wiring {
  private final Configuration configuration;
  private final InstantSource clock;
  private final TextFolder texts;
  private final Optional<DiscordParts> discord;
  private final Optional<TwilioParts> twilio;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpMetrics httpMetrics = new HttpMetrics(registry);
  private final WebPorts web = new WebPorts(StreamLimits.DEFAULT, httpMetrics);
  private final ProcessHealth process = new ProcessHealth();

  Wiring(Configuration configuration, InstantSource clock, EndOfService end) {
    this.configuration = configuration;
    this.clock = clock;
    this.texts = TextFolder.read(configuration.texts().dir());
    this.discord = DiscordParts.of(configuration, texts, clock, end);
    this.twilio = TwilioParts.of(configuration, clock);
  }

  /** Opens the store of adapter-jdbc. */
  JdbcStore store() {
    return Stores.open(configuration, clock);
  }

  /**
   * Returns the virtual agent: a plug-in's, the remote one of adapter-http, or the built-in one of relay-core. If a Studio flow routes,
   * adapter-twilio wraps it.
   *
   * @throws IllegalStateException if two virtual agents are configured
   */
  VirtualAgent virtualAgent(KnowledgeBase knowledge, ConnectedPlugins plugins) {
    VirtualAgent answering = plugins.virtualAgent().orElseGet(() -> answering(knowledge));
    if (plugins.virtualAgent().isPresent() && configuration.bot().url().isPresent()) {
      throw new IllegalStateException(
          "bot.url is set and a plug-in provides a virtual agent: remove one of them");
    }
    return twilio.map(it -> it.routed(answering, new StudioMetrics(registry))).orElse(answering);
  }

  private VirtualAgent answering(KnowledgeBase knowledge) {
    BotSettings bot = configuration.bot();
    if (bot.url().isPresent()) {
      return new RemoteVirtualAgent(bot.url().get(), bot.name(), bot.timeout());
    }
    FaqOptions options = new FaqOptions(bot.threshold(), bot.articles(), texts.of(TextFolder.FAQ));
    return new FaqAgent(knowledge, options);
  }

  /**
   * Builds the engine of relay-core, not started yet.
   *
   * @throws IllegalStateException if two announcers are configured, two ports have the same id, or a setting names a desk that is not
   *     registered
   */
  Relay relay(Store store, VirtualAgent virtualAgent, ConnectedPlugins plugins) {
    RelayBuilder builder = Relay.builder();
    discord.ifPresent(it -> builder.channel(it.bot().channel()));
    twilio.ifPresent(it -> it.channels().forEach(builder::channel));
    plugins.channels().forEach(builder::channel);
    desks(plugins).forEach(builder::desk);
    announcer(plugins).ifPresent(builder::announcer);
    Relay relay = builder
        .store(store)
        .channel(web.channel())
        .virtualAgent(virtualAgent)
        .settings(configuration.engine())
        .notices(NoticeTexts.withOverrides(notices()))
        .observer(web.observer())
        .observer(new RelayMetrics(registry, clock))
        .observer(new EventLog())
        .clock(clock)
        .build();
    discord.ifPresent(it -> it.serve(relay));
    return relay;
  }

  /** Returns the operator's notices: those of the settings precede those of the folder. */
  private Map<String, String> notices() {
    Map<String, String> notices = new HashMap<>(texts.of(TextFolder.NOTICES));
    notices.putAll(configuration.texts().notices());
    return notices;
  }

  /** Returns the announcer of adapter-discord or of a plug-in. */
  private Optional<Announcer> announcer(ConnectedPlugins plugins) {
    Optional<Announcer> own = discord.flatMap(it -> it.bot().announcer());
    if (own.isPresent() && plugins.announcer().isPresent()) {
      throw new IllegalStateException(
          "discord.announcementChannel is set and a plug-in provides an announcer: remove one of them");
    }
    return own.or(plugins::announcer);
  }

  /** Returns the desks of adapter-http, adapter-twilio and plug-ins, the default desk first, as the engine expects. */
  private List<AgentDesk> desks(ConnectedPlugins plugins) {
    List<AgentDesk> desks = new ArrayList<>();
    desks.add(web.desk());
    twilio.ifPresent(it -> desks.add(it.desk()));
    desks.addAll(plugins.desks());
    PortId standard = configuration.desks().standard().id();
    List<PortId> registered = desks.stream().map(AgentDesk::id).toList();
    int position = registered.indexOf(standard);
    if (position < 0) {
      throw new IllegalStateException("desk.default is desk \"" + standard
          + "\", which is not registered (registered: "
          + registered.stream().map(PortId::value).collect(Collectors.joining(", ")) + ")");
    }
    desks.add(0, desks.remove(position));
    return desks;
  }

  /** Returns the webhooks of adapter-twilio. */
  private List<WebhookRoute.Mounted> webhooks() {
    return twilio
        .map(it -> it.webhooks(new TwilioMetrics(registry, it.account())))
        .orElseGet(List::of);
  }

  /** Returns the connection of adapter-discord, to be closed after the engine's last deliveries. */
  Optional<DiscordParts> discord() {
    return discord;
  }

  /** Returns the parts of adapter-twilio, to be closed after the engine's last deliveries. */
  Optional<TwilioParts> twilio() {
    return twilio;
  }

  /** Starts to watch the news feeds; empty if none is configured. */
  Optional<FeedWatch> feeds(Relay relay) {
    return configuration.feeds().feeds().isEmpty()
        ? Optional.empty()
        : Optional.of(
            FeedWatch.start(configuration.feeds(), relay.announcements(), relay.store(), clock));
  }

  /** Starts the notices to staff of customers who wait; empty if no channel of staff is configured. */
  Optional<StaffNotices> staffNotices(Relay relay) {
    return discord.flatMap(it -> it.staffNotices(configuration, relay, clock));
  }

  /** Returns the page that Prometheus scrapes. */
  MetricsPage metrics(Relay relay, HealthSource health) {
    return new MetricsPage(registry, relay.store(), health, clock);
  }

  /** Builds the HTTP server of adapter-http, not started yet. */
  HttpServer server(Relay relay, AccessStore access, KnowledgeBase knowledge, MetricsPage metrics) {
    ListenSettings http = configuration.http();
    HttpSettings settings = HttpSettings.DEFAULT
        .listeningOn(http.host(), http.port())
        .trusting(Set.copyOf(http.trustedProxies()))
        .embeddedIn(http.embedOrigins().stream().map(URI::toString).toList())
        .stoppingWithin(configuration.process().stopGrace())
        .withLimits(configuration.limits())
        .withChat(chat());
    return HttpServer.builder(relay, access, knowledge, web)
        .settings(http.publicUrl().map(settings::seenAt).orElse(settings))
        .webhooks(webhooks())
        .status(metrics)
        .observer(httpMetrics)
        .clock(clock)
        .build();
  }

  private ChatSettings chat() {
    var chosen = configuration.chat();
    return new ChatSettings(
        chosen.identityKeys().stream().map(Secret::reveal).toList(),
        new ChatSettings.Look(
            chosen.title(),
            chosen.accent(),
            chosen.logo(),
            chosen.greetings(),
            chosen.quickReplies(),
            texts.byLanguage(TextFolder.CHAT)));
  }

  /** Returns the readiness of the process itself. */
  ProcessHealth process() {
    return process;
  }

  /** Returns the health of every component. */
  ComponentHealth health(Relay relay, ConnectedPlugins plugins) {
    return new ComponentHealth(relay, plugins, twilio, process);
  }
}
