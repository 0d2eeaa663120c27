package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Accounts of agents, added by the command that operators use. */
public final class AgentAccounts {
  private AgentAccounts() {}

  /** Adds an agent to the data in that folder, also while a server runs on them; with further options of the command. */
  public static void add(
      Path data, String username, String displayName, String password, String... options) {
    List<String> command =
        new ArrayList<>(List.of("agents", "add", username, "--display-name", displayName));
    command.addAll(List.of(options));
    RunningJar.Ended ended =
        CommandInside.run(data, password + "\n", command.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
  }
}
