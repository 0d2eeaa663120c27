package dev.relay.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import dev.relay.app.serve.EndOfService;
import dev.relay.app.serve.NotStarted;
import dev.relay.app.serve.RunningRelay;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relay with a channel and a desk from plug-ins, started inside this process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginDeskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder = Path.of("set by JUnit");

  @BeforeEach
  void installPlugins() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.fileChannel(plugins.resolve("files.jar"));
    PluginJar.write(
        plugins.resolve("tickets.jar"),
        List.of(TicketsPlugin.class),
        TicketsPlugin.class.getName());
  }

  @Test
  void customers_of_a_queue_go_to_the_desk_of_a_plugin() throws Exception {
    customerReachesTickets(Map.of("RELAY_QUEUES", "{vip: {desk: plugin:tickets}}"));
  }

  @Test
  void the_desk_of_a_plugin_can_be_the_default() throws Exception {
    customerReachesTickets(Map.of("RELAY_DESK_DEFAULT", "plugin:tickets"));
  }

  @Test
  void a_desk_that_no_plugin_provides_is_refused() {
    refused(
        Map.of("RELAY_QUEUES", "{vip: {desk: plugin:tickts}}"),
        "queue \"vip\" is assigned to desk \"tickts\", which is not registered (registered: relay,"
            + " tickets)");
    refused(
        Map.of("RELAY_DESK_DEFAULT", "plugin:tickts"),
        "desk.default is desk \"tickts\", which is not registered (registered: relay, tickets)");
    refused(
        Map.of("RELAY_DESK_FALLBACK", "plugin:tickts"),
        "handoffs fall back to desk \"tickts\", which is not registered (registered: relay,"
            + " tickets)");
  }

  private void customerReachesTickets(Map<String, String> desks) throws Exception {
    Path tickets = folder.resolve("tickets.txt");
    RunningRelay relay = start(desks);
    try {
      Files.writeString(folder.resolve("in.txt"), "My invoice is wrong\n");

      Eventually.holds(
          PATIENCE,
          () -> "the customer's message in " + tickets,
          () -> Files.exists(tickets) && read(tickets).contains("My invoice is wrong"));
    } finally {
      assertThat(relay.stop()).isTrue();
    }
  }

  private void refused(Map<String, String> desks, String reason) {
    assertThatThrownBy(() -> start(desks))
        .isInstanceOf(NotStarted.class)
        .hasMessage("Relay did not start: " + reason);
  }

  private RunningRelay start(Map<String, String> desks) throws ConfigurationException, NotStarted {
    Map<String, String> environment = new HashMap<>(Map.of(
        "RELAY_HTTP_PORT", "0",
        "RELAY_DATA_DIR", folder.resolve("data").toString(),
        "RELAY_PLUGINS_DIR", folder.resolve("plugins").toString(),
        "RELAY_PLUGINS_FILES_FOLDER", folder.toString(),
        "RELAY_PLUGINS_TICKETS_OUTPUT", folder.resolve("tickets.txt").toString(),
        "RELAY_ROUTING", "[{name: all, then: {to: live-agent, queue: vip}}]"));
    environment.putAll(desks);
    Configuration configuration =
        new ConfigurationSource(Map.of(), environment, Optional.empty()).load().configuration();
    return RunningRelay.start(configuration, InstantSource.system(), new EndOfService());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
