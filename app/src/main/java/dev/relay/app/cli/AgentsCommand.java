package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.PictureFile;
import dev.relay.app.serve.Stores;
import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AgentAccounts.Replacement;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.http.AgentPasswords;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands for accounts of agents. They can be used while the server is running. */
@Command(
    name = "agents",
    description =
        "Manages the accounts of Relay's own desk. Can be used while the server is running.")
final class AgentsCommand {
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,50}");
  private static final String PASSWORD_SOURCE =
      "Asks for the password, or reads it from the first line of standard input.";

  private static final String QUEUES =
      "Queues in which the agent works, separated by commas. A queue without agents of its own is worked by all.";

  private static final String ROLES = "Role: viewer, agent, supervisor or admin.";

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
      footer = {"", "Example: relay agents add ana --display-name \"Ana\"", ExitCode.HELP})
  int add(
      @Parameters(paramLabel = "NAME", description = "1 to 50 characters of a-z 0-9 . _ -")
          String name,
      @Option(
              names = "--display-name",
              paramLabel = "TEXT",
              description =
                  "Name that customers see. Without one they read \"Support\" in their language.")
          Optional<String> displayName,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = ROLES + " Default: agent; admin for the first agent.")
          Optional<String> role,
      @Option(names = "--queues", paramLabel = "QUEUES", description = QUEUES)
          Optional<String> queues)
      throws IOException {
    String username = checked(name);
    String shown = displayName.map(String::strip).orElse(username);
    if (shown.isEmpty() || shown.length() > 100) {
      throw CommandFailure.invalid(
          "--display-name has " + shown.length() + " characters; expected 1 to 100");
    }
    Optional<Role> wanted = role.map(AgentsCommand::role);
    String password = password("Password for " + username + ": ", username);
    Configuration configuration = options.configuration();
    boolean isNew = !Stores.exists(configuration);
    Role chosen;
    boolean endsLink;
    try (JdbcStore store = Stores.openBeside(configuration, clock)) {
      chosen = wanted.orElseGet(() -> store.accounts().all().isEmpty() ? Role.ADMIN : Role.AGENT);
      endsLink = AgentPasswords.hasFirstLink(store, clock.instant());
      AgentAccount account = new AgentAccount(
              username, shown, Optional.of(AgentPasswords.hash(password)), clock.instant(), false)
          .withRole(chosen);
      queues.ifPresent(names -> AgentQueues.set(store, configuration, username, names));
      if (!store.accounts().add(account)) {
        throw CommandFailure.failed("Agent " + username
            + " already exists. To set a new password, run: relay agents reset " + username);
      }
    }
    terminal.print("Agent " + username + " (" + chosen.name().toLowerCase(Locale.ROOT)
        + ") can log in at /desk.");
    if (endsLink) {
      terminal.print(
          "The set-up link that relay serve printed no longer works, because somebody can"
              + " log in now.");
    }
    terminal.print(
        "The database is " + Stores.shown(configuration) + (isNew ? " (newly created)." : "."));
    return ExitCode.OK;
  }

  @Command(
      name = "reset",
      description = {
        "Sets a new password, enables a disabled agent, and logs the agent out everywhere.",
        PASSWORD_SOURCE
      },
      footer = {"", ExitCode.HELP})
  int reset(@Parameters(paramLabel = "NAME", description = "Name of the agent.") String name)
      throws IOException {
    String username = checked(name);
    String password = password("New password for " + username + ": ", username);
    withStore(store -> {
      String hash = AgentPasswords.hash(password);
      change(store, username, account -> account.withPasswordHash(hash).withDisabled(false));
      store.tokens().revokeAll(AccessToken.Kind.AGENT_SESSION, username);
      store.tokens().revokeAll(AccessToken.Kind.API_TOKEN, username);
      return store.tokens().revokeAll(AccessToken.Kind.PASSWORD_LINK, username);
    });
    terminal.print("Agent " + username + " has a new password.");
    return ExitCode.OK;
  }

  @Command(
      name = "disable",
      description = "Disables an agent: refuses log-ins, open sessions and API tokens.",
      footer = {"", ExitCode.HELP})
  int disable(@Parameters(paramLabel = "NAME", description = "Name of the agent.") String name) {
    String username = checked(name);
    withStore(store -> {
      AgentAccount disabled = change(store, username, account -> account.withDisabled(true));
      for (AccessToken.Kind kind : AccessToken.Kind.values()) {
        if (kind != AccessToken.Kind.CHAT_SESSION) {
          store.tokens().revokeAll(kind, username);
        }
      }
      return disabled;
    });
    terminal.print("Agent " + username + " is disabled.");
    return ExitCode.OK;
  }

  @Command(
      name = "change",
      description = "Changes an agent.",
      footer = {"", "Example: relay agents change ana --role supervisor", ExitCode.HELP})
  int change(
      @Parameters(paramLabel = "NAME", description = "Name of the agent.") String name,
      @Option(names = "--role", paramLabel = "ROLE", description = ROLES) Optional<String> role,
      @Option(
              names = "--capacity",
              paramLabel = "NUMBER",
              description = "Most live conversations that Relay assigns to the agent: 1 to 100.")
          Optional<Integer> capacity,
      @Option(names = "--queues", paramLabel = "QUEUES", description = QUEUES)
          Optional<String> queues) {
    String username = checked(name);
    Optional<Role> wanted = role.map(AgentsCommand::role);
    capacity.filter(it -> it < 1 || it > AgentAccount.MAX_CAPACITY).ifPresent(it -> {
      throw CommandFailure.invalid(
          "--capacity is " + it + "; expected 1 to " + AgentAccount.MAX_CAPACITY);
    });
    Configuration configuration = options.configuration();
    withStore(store -> {
      AgentAccount changed = change(
          store,
          username,
          account -> account
              .withRole(wanted.orElse(account.role()))
              .withCapacity(capacity.orElse(account.capacity())));
      queues.ifPresent(names -> AgentQueues.set(store, configuration, username, names));
      return changed;
    });
    terminal.print("Agent " + username + " is changed.");
    return ExitCode.OK;
  }

  @Command(
      name = "picture",
      description =
          "Sets the picture of an agent, which customers of the web chat see: PNG or JPEG, at most 64 KB and 1024 × 1024 pixels.",
      footer = {"", "Example: relay agents picture ana ana.jpg", ExitCode.HELP})
  int picture(
      @Parameters(paramLabel = "NAME", description = "Name of the agent.") String name,
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "The picture. Without it, the present one is removed.")
          Optional<Path> file) {
    String username = checked(name);
    Optional<Picture> picture = file.map(AgentsCommand::picture);
    withStore(store -> {
      AgentAccount account = known(store, username);
      AgentPictures pictures = store.workspace().agentPictures();
      picture.ifPresentOrElse(
          next -> pictures.save(username, next), () -> pictures.remove(username));
      return account;
    });
    terminal.print("Agent " + username + (picture.isPresent() ? " has a" : " has no") + " picture"
        + (picture.isPresent() ? "." : "; customers see initials."));
    return ExitCode.OK;
  }

  private static Picture picture(Path file) {
    try {
      return PictureFile.read(file);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.invalid("FILE " + file + " " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailure.failed("FILE " + file + " cannot be read: " + e);
    }
  }

  @Command(
      name = "list",
      description = "Lists the agents.",
      footer = {"", ExitCode.HELP})
  int list() {
    List<AgentAccount> accounts = withStore(store -> store.accounts().all());
    for (AgentAccount account : accounts) {
      String state = account.disabled()
          ? "disabled"
          : account.passwordHash().isPresent() ? "active" : "no password yet";
      terminal.print(account.username() + "\t" + account.displayName() + "\t"
          + account.role().name().toLowerCase(Locale.ROOT) + "\t" + state);
    }
    if (accounts.isEmpty()) {
      terminal.print("There are no agents yet. To add one, run: relay agents add NAME");
    }
    return ExitCode.OK;
  }

  private <T> T withStore(Function<JdbcStore, T> work) {
    try (JdbcStore store = Stores.openExisting(options.configuration(), clock)) {
      return work.apply(store);
    }
  }

  /** Changes the current account, and tries again if somebody else changed it at the same time. */
  private static AgentAccount change(
      AccessStore store, String username, UnaryOperator<AgentAccount> change) {
    while (true) {
      AgentAccount account = known(store, username);
      AgentAccount changed = change.apply(account);
      Replacement result = store.accounts().replace(account, changed);
      if (result == Replacement.DONE) {
        return changed;
      }
      if (result == Replacement.LAST_ADMIN) {
        throw CommandFailure.failed("Agent " + username + " is the last admin who can log in."
            + " To make another agent an admin, run: relay agents change NAME --role admin");
      }
    }
  }

  private static AgentAccount known(AccessStore store, String username) {
    return store
        .accounts()
        .find(username)
        .orElseThrow(() -> CommandFailure.failed("There is no agent named " + username
            + ". To list all agents, run: relay agents list"));
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(each -> each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> CommandFailure.invalid(
            "--role is \"" + text + "\"; expected viewer, agent, supervisor or admin"));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.invalid(
          "NAME is \"" + name + "\": expected 1 to 50 characters of a-z 0-9 . _ -");
    }
    return name;
  }

  private String password(String question, String username) throws IOException {
    String password = terminal
        .secret(question)
        .orElseThrow(() -> CommandFailure.invalid(
            "No password was given. Write it to standard input, or run the command in a"
                + " terminal."));
    if (password.length() < AgentPasswords.MIN_LENGTH
        || password.length() > AgentPasswords.MAX_LENGTH) {
      throw CommandFailure.invalid(
          "The password has " + password.length() + " characters; expected "
              + AgentPasswords.MIN_LENGTH + " to " + AgentPasswords.MAX_LENGTH + ".");
    }
    AgentPasswords.fault(password, username).ifPresent(fault -> {
      throw CommandFailure.invalid(
          "The password " + fault + ". Choose one that is harder to guess.");
    });
    return password;
  }
}
