package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.observe.MetricsPage;
import dev.relay.app.plugin.ConnectedPlugins;
import dev.relay.app.plugin.PluginException;
import dev.relay.app.plugin.Plugins;
import dev.relay.core.Relay;
import dev.relay.core.store.StoreException;
import dev.relay.http.AgentPasswords;
import dev.relay.http.HttpServer;
import dev.relay.jdbc.JdbcStore;
import dev.relay.lucene.LuceneKnowledgeBase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Relay. Started and stopped once, by one thread. */
public final class RunningRelay {
  /** {@code relay knowledge search} lists the others. */
  private static final int MAX_PROBLEMS = 20;

  private final Logger log = LoggerFactory.getLogger(RunningRelay.class);
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Configuration configuration;
  private final Wiring wiring;
  private List<String> summary = List.of();
  private StopGrace grace = new StopGrace(Duration.ZERO, () -> 0);

  private RunningRelay(Configuration configuration, InstantSource clock, EndOfService end) {
    this.configuration = configuration;
    this.wiring = new Wiring(configuration, clock, end);
  }

  /**
   * Starts every part. If one fails to start, those already started are stopped before this throws.
   *
   * @param end is notified if Relay cannot continue
   * @throws NotStarted if a part could not be started; the message gives the reason, for the operator
   */
  public static RunningRelay start(
      Configuration configuration, InstantSource clock, EndOfService end) throws NotStarted {
    RunningRelay running = new RunningRelay(configuration, clock, end);
    try {
      running.begin(clock);
      return running;
    } catch (PluginException | StoreException | IllegalStateException e) {
      running.stop();
      throw new NotStarted("Relay did not start: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      running.stop();
      throw e;
    } catch (IOException e) {
      running.stop();
      throw new NotStarted(
          "Relay did not start: the articles in "
              + configuration.knowledge().dir().map(Object::toString).orElse("the sample")
              + " cannot be read: " + e,
          e);
    }
  }

  /** Returns what is on, what is off and what to do next; the last line is the address. */
  public List<String> summary() {
    return summary;
  }

  /**
   * Stops every part in reverse order, within the configured grace. Harmless if repeated.
   *
   * @return whether every part stopped without an error
   */
  public boolean stop() {
    wiring.process().stopping();
    grace = new StopGrace(configuration.process().stopGrace(), System::nanoTime);
    boolean inOrder = true;
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.end().run();
      } catch (RuntimeException | Error e) {
        // The other parts still have to stop, the store above all.
        log.error("{} failed to stop", part.name(), e);
        inOrder = false;
      }
    }
    return inOrder;
  }

  private void begin(InstantSource clock) throws IOException, PluginException {
    // Wrong folders are found before channels connect and customers write.
    List<String> refusals = StartChecks.refusals(configuration);
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(String.join("; ", refusals));
    }
    JdbcStore store = wiring.store();
    parts.push(new Part("the store", store::close));
    if (store.interruptedDeliveries() > 0) {
      log.info("Deliveries in progress when Relay last stopped: {}", store.interruptedDeliveries());
    }
    OpeningKnowledge knowledge = new OpeningKnowledge();
    parts.push(new Part("the knowledge base", knowledge::close));
    Plugins plugins = Plugins.load(configuration.plugins());
    parts.push(new Part("the plug-ins", plugins::close));
    ConnectedPlugins connected = plugins.connect(knowledge, clock);
    Relay relay = wiring.relay(store, wiring.virtualAgent(knowledge, connected), connected);
    MetricsPage metrics = wiring.metrics(relay, wiring.health(relay, connected));
    parts.push(new Part("the metrics", metrics::close));
    wiring.discord().ifPresent(discord -> parts.push(new Part("the Discord bot", discord::close)));
    wiring.twilio().ifPresent(twilio -> parts.push(new Part("the Twilio adapter", twilio::close)));
    parts.push(new Part("the engine", () -> relay.stop(grace.left())));
    relay.start();
    HttpServer server = wiring.server(relay, store, knowledge, metrics);
    parts.push(new Part("the HTTP server", () -> server.stop(grace.forRequests())));
    server.start();
    // The server already answers while the articles are read, which takes longest.
    LuceneKnowledgeBase articles = knowledge.open(configuration);
    articles.problems().stream()
        .limit(MAX_PROBLEMS)
        .forEach(problem -> log.warn("problem in an article: {}", problem));
    metrics.watchMachine();
    wiring.feeds(relay).ifPresent(feeds -> parts.push(new Part("the news feeds", feeds::close)));
    wiring
        .staffNotices(relay)
        .ifPresent(notices -> parts.push(new Part("the notices to staff", notices::close)));
    AgentPasswords links = new AgentPasswords(store, new SecureRandom(), clock);
    Optional<String> firstLink = links.isFirstStart()
        ? Optional.of(links.createLink(AgentPasswords.FIRST_AGENT))
        : Optional.empty();
    summary = new StartUpSummary(configuration, server.port(), server.publicUrl())
        .lines(articles, connected, store.findings(), firstLink);
    wiring.process().started();
  }

  private record Part(String name, Runnable end) {}
}
