package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ListenSettings;
import dev.relay.app.plugin.ConnectedPlugin;
import dev.relay.app.plugin.ConnectedPlugins;
import dev.relay.lucene.LuceneKnowledgeBase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The summary for the operator after a start: what is on, what is off, what to do next. */
public final class StartUpSummary {
  private final Configuration configuration;
  private final int port;
  private final String publicUrl;

  StartUpSummary(Configuration configuration, int port, String publicUrl) {
    this.configuration = configuration;
    this.port = port;
    this.publicUrl = publicUrl;
  }

  /** Returns the lines. The last one is also for programs: {@code Relay is ready at http://127.0.0.1:8080}. */
  List<String> lines(
      LuceneKnowledgeBase knowledge,
      ConnectedPlugins plugins,
      List<String> storeFindings,
      Optional<String> firstLink) {
    List<String> lines = new ArrayList<>();
    lines.add("Relay " + Version.current());
    lines.add(on("Web chat", publicUrl + "/chat"));
    lines.add(on("Agent desk", publicUrl + "/desk"));
    lines.add(virtualAgent(plugins));
    lines.add(knowledge(knowledge.size(), knowledge.problems().size()));
    lines.add(on("Store", Stores.address(configuration).toString()));
    storeFindings.forEach(finding -> lines.add("  Warning: " + finding));
    TwilioSummary twilio = new TwilioSummary(configuration, publicUrl);
    findings().forEach(finding -> lines.add("  Warning: " + finding));
    lines.add(discord());
    lines.add(twilio.isOn() ? on("Twilio Flex", twilio.on()) : off("Twilio Flex", twilio.off()));
    twilio.webhooks().forEach(line -> lines.add(" ".repeat(22) + line));
    lines.add(announcements());
    lines.add(feeds());
    plugins.plugins().forEach(plugin -> lines.add(plugin(plugin)));
    if (firstLink.isPresent()) {
      lines.add("Next: set the first agent's password. This link works once, for one day:");
      lines.add("  " + publicUrl + firstLink.get());
    } else if (configuration.knowledge().dir().isEmpty()) {
      lines.add("Next: serve your own articles; relay knowledge export-sample FOLDER gives you"
          + " files to start from.");
    }
    twilio.commands().ifPresent(lines::add);
    lines.add("Relay is ready at http://" + reachableHost() + ":" + port);
    return lines;
  }

  /** Returns warnings about settings that are allowed but probably not intended. Needs only the configuration. */
  public static List<String> findings(Configuration configuration) {
    return new StartUpSummary(configuration, configuration.http().port(), "").findings();
  }

  private List<String> findings() {
    return Stream.concat(
            Stream.of(undeclaredProxy(), new TwilioSummary(configuration, publicUrl).unreachable())
                .flatMap(Optional::stream),
            TextFolder.read(configuration.texts().dir()).warnings().stream())
        .toList();
  }

  /** Returns a warning if {@code publicUrl} implies a proxy that the settings do not name. */
  Optional<String> undeclaredProxy() {
    ListenSettings http = configuration.http();
    boolean seenElsewhere = http.publicUrl()
        .map(url -> !isLoopback(String.valueOf(url.getHost())) && !isRelaysOwn(url))
        .orElse(false);
    if (!seenElsewhere || !http.trustedProxies().isEmpty()) {
      return Optional.empty();
    }
    String example = isLoopback(http.host()) ? "127.0.0.1" : "the proxy's address";
    return Optional.of(
        "publicUrl implies a proxy in front of Relay, but http.trustedProxies does not name"
            + " it: all customers and agents count as one address and share its limits. Set"
            + " http.trustedProxies to " + example + ".");
  }

  /** Checks whether Relay itself may serve the address. Relay does not serve https. */
  private boolean isRelaysOwn(URI url) {
    return url.getScheme().equals("http") && (url.getPort() < 0 ? 80 : url.getPort()) == port;
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("::1")
        || host.equals("[::1]");
  }

  private String discord() {
    return configuration.discord().token().isPresent()
        ? on("Discord", "connecting; status at " + publicUrl + "/readyz")
        : off("Discord", "set discord.token, see docs/discord.md");
  }

  private String announcements() {
    return configuration.discord().announcementChannel().isPresent()
        ? on("Announcements", "in the Discord channel of discord.announcementChannel")
        : off("Announcements", "set discord.announcementChannel");
  }

  private String feeds() {
    int feeds = configuration.feeds().feeds().size();
    return feeds > 0
        ? on("News feeds", feeds + " watched")
        : off("News feeds", "set feeds.addresses");
  }

  static String plugin(ConnectedPlugin plugin) {
    return on("Plug-in", plugin.name() + ": " + plugin.summary());
  }

  private String virtualAgent(ConnectedPlugins plugins) {
    if (plugins.virtualAgent().isPresent()) {
      return on("Virtual agent", "from a plug-in");
    }
    return configuration
        .bot()
        .url()
        .map(url -> on("Virtual agent", "remote, at " + url))
        .orElseGet(() -> on("Virtual agent", "built-in"));
  }

  String knowledge(int articles, int problems) {
    String source = configuration
        .knowledge()
        .dir()
        .map(folder -> "from " + folder)
        .orElse("of the sample; set knowledge.dir for your own");
    String faults =
        problems == 0 ? "" : ", " + problems + " with problems: see relay knowledge search";
    return on(
        "Knowledge", articles + (articles == 1 ? " article " : " articles ") + source + faults);
  }

  private String reachableHost() {
    String host = configuration.http().host();
    if (host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]")) {
      return "127.0.0.1";
    }
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String on(String what, String detail) {
    return String.format(Locale.ROOT, "  %-14s on   %s", what, detail);
  }

  private static String off(String what, String why) {
    return String.format(Locale.ROOT, "  %-14s off  (%s)", what, why);
  }
}
