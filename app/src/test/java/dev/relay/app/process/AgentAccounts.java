package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.cli.RelayCommand;
import dev.relay.app.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts of agents, added by the command that operators use, but inside of this process: another JVM takes a second to start. */
public final class AgentAccounts {
  private AgentAccounts() {}

  /** Adds an agent to the data in that folder, also while a server runs on them; with further options of the command. */
  public static void add(
      Path data, String username, String displayName, String password, String... options) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(output, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(
        new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)),
        lines,
        lines,
        Map.of("RELAY_DATA_DIR", data.toString()),
        Optional.empty());
    List<String> command =
        new ArrayList<>(List.of("agents", "add", username, "--display-name", displayName));
    command.addAll(List.of(options));
    int code = RelayCommand.run(terminal, command.toArray(String[]::new));
    assertThat(code).as(output.toString(StandardCharsets.UTF_8)).isZero();
  }
}
