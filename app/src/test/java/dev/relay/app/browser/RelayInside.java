package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import dev.relay.app.process.AgentAccounts;
import dev.relay.app.serve.EndOfService;
import dev.relay.app.serve.NotStarted;
import dev.relay.app.serve.RunningRelay;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.operations.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole program inside the process of the tests. A process of its own would load and compile the same code for each test again, which
 * takes more processor time than most of the tests; {@link RelayProcess} is for tests that need one.
 */
final class RelayInside implements RelayServer {
  private static final Pattern READY = Pattern.compile("Relay is ready at (http://\\S+)");
  private static final Pattern LINK = Pattern.compile("(http://\\S+/desk/setup\\?\\S+#\\S+)");

  private final Path data;
  private final RunningRelay relay;

  private RelayInside(Path data, RunningRelay relay) {
    this.data = data;
    this.relay = relay;
  }

  /** Starts Relay with these settings, by their environment names, and with its data in that folder. */
  static RelayInside start(Path folder, Map<String, String> settings) {
    return start(folder, settings, new SteadyClock());
  }

  /** Starts Relay as the other method does, by that clock. */
  static RelayInside start(Path folder, Map<String, String> settings, InstantSource clock) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("RELAY_HTTP_PORT", "0");
    environment.putIfAbsent("RELAY_BOT_PAUSE", "0s");
    Path data = folder.resolve("data");
    environment.put("RELAY_DATA_DIR", data.toString());
    try {
      Configuration configuration = new ConfigurationSource(Map.of(), environment, Optional.empty())
          .load()
          .configuration();
      return new RelayInside(data, RunningRelay.start(configuration, clock, new EndOfService()));
    } catch (ConfigurationException | NotStarted e) {
      throw new AssertionError("Relay did not start", e);
    }
  }

  @Override
  public String address() {
    return printed(READY);
  }

  @Override
  public String setUpLink() {
    return printed(LINK);
  }

  @Override
  public void addAgent(String username, String displayName, String password) {
    AgentAccounts.add(data, username, displayName, password);
  }

  @Override
  public void addAgent(String username, String displayName, String password, Role role) {
    AgentAccounts.add(data, username, displayName, password, role);
  }

  @Override
  public void close() {
    assertThat(relay.stop()).as("every part stopped without an error").isTrue();
  }

  private String printed(Pattern wanted) {
    Matcher found = wanted.matcher(String.join("\n", relay.summary()));
    if (!found.find()) {
      throw new AssertionError("no " + wanted + " in " + relay.summary());
    }
    return found.group(1);
  }
}
