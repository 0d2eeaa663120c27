package dev.relay.app.serve;

import dev.relay.app.config.BotSettings;
import dev.relay.app.config.Configuration;
import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.ListenSettings;
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
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.FaqAgent.FaqOptions;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.discord.FeedWatch;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the parts of Relay, one method per module, by constructors alone. */
final class Wiring {
  private final Configuration configuration;
  private final InstantSource clock;
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
    this.discord = DiscordParts.of(configuration, clock, end);
    this.twilio = TwilioParts.of(configuration, clock);
  }

  /** adapter-jdbc: where everything is kept. */
  JdbcStore store() {
    return Stores.open(configuration, clock);
  }

  /** A plug-in, relay-core or adapter-http, behind adapter-twilio if a Studio flow routes: the agent that answers first. */
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
    FaqOptions options = new FaqOptions(bot.threshold(), bot.articles(), Map.of());
    return new FaqAgent(knowledge, options);
  }

  /** relay-core: the engine. */
  Relay relay(Store store, VirtualAgent virtualAgent, ConnectedPlugins plugins) {
    RelayBuilder builder = Relay.builder();
    discord.ifPresent(it -> builder.channel(it.bot().channel()));
    twilio.ifPresent(it -> it.channels().forEach(builder::channel));
    desks().forEach(builder::desk);
    plugins.channels().forEach(builder::channel);
    plugins.desks().forEach(builder::desk);
    announcer(plugins).ifPresent(builder::announcer);
    Relay relay = builder
        .store(store)
        .channel(web.channel())
        .virtualAgent(virtualAgent)
        .settings(configuration.engine())
        .notices(NoticeTexts.withOverrides(configuration.notices()))
        .observer(web.observer())
        .observer(new RelayMetrics(registry))
        .observer(new EventLog())
        .clock(clock)
        .build();
    discord.ifPresent(it -> it.serve(relay));
    return relay;
  }

  /** adapter-discord or a plug-in: where announcements are published. */
  private Optional<Announcer> announcer(ConnectedPlugins plugins) {
    Optional<Announcer> own = discord.flatMap(it -> it.bot().announcer());
    if (own.isPresent() && plugins.announcer().isPresent()) {
      throw new IllegalStateException(
          "discord.announcementChannel is set and a plug-in provides an announcer: remove one of them");
    }
    return own.or(plugins::announcer);
  }

  /** adapter-http and adapter-twilio: where agents work; the first one serves the queues that name none. */
  private List<AgentDesk> desks() {
    List<AgentDesk> desks = new ArrayList<>();
    desks.add(web.desk());
    boolean flexFirst = configuration.desks().standard() == DeskSettings.Desk.FLEX;
    twilio.ifPresent(it -> desks.add(flexFirst ? 0 : 1, it.desk()));
    return desks;
  }

  /** adapter-twilio: what Twilio calls. */
  private List<WebhookRoute.Mounted> webhooks() {
    return twilio
        .map(it -> it.webhooks(new TwilioMetrics(registry, it.account())))
        .orElseGet(List::of);
  }

  /** adapter-discord: the connection, which outlives the engine's last deliveries. */
  Optional<DiscordParts> discord() {
    return discord;
  }

  /** adapter-twilio: what outlives the engine's last deliveries. */
  Optional<TwilioParts> twilio() {
    return twilio;
  }

  /** adapter-discord: news of web sites. */
  Optional<FeedWatch> feeds(Relay relay) {
    return configuration.feeds().feeds().isEmpty()
        ? Optional.empty()
        : Optional.of(FeedWatch.start(configuration.feeds(), relay.announcements(), clock));
  }

  /** Micrometer: what Prometheus reads. */
  MetricsPage metrics(Relay relay, HealthSource health) {
    return new MetricsPage(registry, relay.store(), health, clock);
  }

  /** adapter-http: the server. */
  HttpServer server(Relay relay, AccessStore access, KnowledgeBase knowledge, MetricsPage metrics) {
    ListenSettings http = configuration.http();
    HttpSettings settings = HttpSettings.DEFAULT
        .listeningOn(http.host(), http.port())
        .trusting(Set.copyOf(http.trustedProxies()))
        .embeddedIn(http.embedOrigins().stream().map(URI::toString).toList())
        .stoppingWithin(configuration.process().stopGrace())
        .withLimits(configuration.limits());
    return HttpServer.builder(relay, access, knowledge, web)
        .settings(http.publicUrl().map(settings::seenAt).orElse(settings))
        .webhooks(webhooks())
        .status(metrics)
        .observer(httpMetrics)
        .clock(clock)
        .build();
  }

  /** The readiness of the process itself. */
  ProcessHealth process() {
    return process;
  }

  /** The health of every component. */
  ComponentHealth health(Relay relay, ConnectedPlugins plugins) {
    return new ComponentHealth(relay, plugins, twilio, process);
  }
}
