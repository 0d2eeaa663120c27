package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.serve.Stores;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.store.Store;
import dev.relay.http.AgentPasswords;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after the agents' accounts; works beside a running server. */
@Command(
    name = "agents",
    description = "Looks after the accounts of Relay's own desk. Works beside a running server.")
final class AgentsCommand {
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,50}");
  private static final String PASSWORD_SOURCE =
      "The password is asked for; where standard input is no terminal, it is its first line.";
  private static final String EXIT_CODES =
      "Exit codes: 0 done, 1 it did not work, 2 the command line or the configuration is wrong.";

  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  AgentsCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(
      name = "add",
      description = {"Adds an agent.", PASSWORD_SOURCE},
      footer = {"", "Example: relay agents add ana --display-name \"Ana\"", EXIT_CODES})
  int add(
      @Parameters(paramLabel = "NAME", description = "1 to 50 characters of a-z 0-9 . _ -")
          String name,
      @Option(
              names = "--display-name",
              paramLabel = "TEXT",
              description = "What customers see. Default: the name.")
          Optional<String> displayName)
      throws IOException {
    String username = checked(name);
    String shown = displayName.map(String::strip).orElse(username);
    if (shown.isEmpty() || shown.length() > 100) {
      throw CommandFailure.wrong(List.of("--display-name: expected 1 to 100 characters"));
    }
    String password = password("Password for " + username + ": ");
    Configuration configuration = options.configuration();
    boolean isNew = !Stores.exists(configuration);
    try (Store store = Stores.open(configuration, clock)) {
      AgentAccount account = new AgentAccount(
          username, shown, Optional.of(AgentPasswords.hash(password)), clock.instant(), false);
      if (!store.accounts().add(account)) {
        throw CommandFailure.failed("There is an agent named " + username
            + " already; relay agents reset " + username + " sets another password.");
      }
    }
    terminal.say("Agent " + username + " can log in at /desk.");
    terminal.say("The database is " + Stores.shown(configuration)
        + (isNew ? ", made now: there was none." : "."));
    return ExitCode.OK;
  }

  @Command(
      name = "reset",
      description = {
        "Sets another password, allows a disabled agent again, and logs the agent out everywhere.",
        PASSWORD_SOURCE
      },
      footer = {"", EXIT_CODES})
  int reset(@Parameters(paramLabel = "NAME", description = "The agent.") String name)
      throws IOException {
    String username = checked(name);
    String password = password("New password for " + username + ": ");
    withStore(store -> {
      Optional<String> hash = Optional.of(AgentPasswords.hash(password));
      change(
          store,
          username,
          account ->
              new AgentAccount(username, account.displayName(), hash, account.createdAt(), false));
      store.tokens().revokeAll(AccessToken.Kind.AGENT_SESSION, username);
      store.tokens().revokeAll(AccessToken.Kind.API_TOKEN, username);
      return store.tokens().revokeAll(AccessToken.Kind.PASSWORD_LINK, username);
    });
    terminal.say("Agent " + username + " has a new password.");
    return ExitCode.OK;
  }

  @Command(
      name = "disable",
      description = "Refuses an agent from now on: log-in, open sessions and API tokens.",
      footer = {"", EXIT_CODES})
  int disable(@Parameters(paramLabel = "NAME", description = "The agent.") String name) {
    String username = checked(name);
    withStore(store -> {
      AgentAccount disabled = change(
          store,
          username,
          account -> new AgentAccount(
              username, account.displayName(), account.passwordHash(), account.createdAt(), true));
      for (AccessToken.Kind kind : AccessToken.Kind.values()) {
        if (kind != AccessToken.Kind.CHAT_SESSION) {
          store.tokens().revokeAll(kind, username);
        }
      }
      return disabled;
    });
    terminal.say("Agent " + username + " is disabled.");
    return ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "Lists the agents.",
      footer = {"", EXIT_CODES})
  int list() {
    List<AgentAccount> accounts = withStore(store -> store.accounts().all());
    for (AgentAccount account : accounts) {
      String state = account.disabled()
          ? "disabled"
          : account.passwordHash().isPresent() ? "active" : "no password yet";
      terminal.say(account.username() + "\t" + account.displayName() + "\t" + state);
    }
    if (accounts.isEmpty()) {
      terminal.say("There are no agents yet; relay agents add NAME makes one.");
    }
    return ExitCode.OK;
  }

  private <T> T withStore(Function<Store, T> work) {
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      return work.apply(store);
    }
  }

  /** Changes the account as it is now, also where somebody changes it at the same time. */
  private static AgentAccount change(
      Store store, String username, UnaryOperator<AgentAccount> change) {
    while (true) {
      AgentAccount account = known(store, username);
      AgentAccount changed = change.apply(account);
      if (store.accounts().replace(account, changed)) {
        return changed;
      }
    }
  }

  private static AgentAccount known(Store store, String username) {
    return store
        .accounts()
        .find(username)
        .orElseThrow(() -> CommandFailure.failed(
            "There is no agent named " + username + "; relay agents list shows all."));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.wrong(
          List.of("An agent's name has 1 to 50 characters of a-z 0-9 . _ -, this is: " + name));
    }
    return name;
  }

  private String password(String question) throws IOException {
    String password = terminal
        .secret(question)
        .orElseThrow(() -> CommandFailure.wrong(List.of("No password was given.")));
    if (password.length() < AgentPasswords.MIN_LENGTH
        || password.length() > AgentPasswords.MAX_LENGTH) {
      throw CommandFailure.wrong(List.of("A password has " + AgentPasswords.MIN_LENGTH + " to "
          + AgentPasswords.MAX_LENGTH + " characters, this one has " + password.length() + "."));
    }
    return password;
  }
}
