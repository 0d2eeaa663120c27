package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import dev.relay.app.serve.Stores;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.http.access.Passwords;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts of agents with weak hashes of passwords, so that neither adding an agent nor a log-in takes a third of a second of processor time.
 * Full strength is tested by {@code PasswordsTest}; {@link MainStoryIT} adds an agent by the command, and {@code FirstAgentIT} by the
 * one-time link.
 */
public final class AgentAccounts {
  private static final Passwords WEAK = new Passwords(64);

  private AgentAccounts() {}

  /** Adds an agent to the data in that folder, also while a server runs on them. The first becomes an administrator. */
  public static void add(Path data, String username, String displayName, String password) {
    add(data, username, displayName, password, Optional.empty());
  }

  /** Adds an agent with that role to the data in that folder, also while a server runs on them. */
  public static void add(
      Path data, String username, String displayName, String password, Role role) {
    add(data, username, displayName, password, Optional.of(role));
  }

  private static void add(
      Path data, String username, String displayName, String password, Optional<Role> wanted) {
    InstantSource clock = InstantSource.system();
    try (JdbcStore store = Stores.openBeside(
        new ConfigurationSource(
                Map.of(), Map.of("RELAY_DATA_DIR", data.toString()), Optional.empty())
            .load()
            .configuration(),
        clock)) {
      Role role =
          wanted.orElseGet(() -> store.accounts().all().isEmpty() ? Role.ADMIN : Role.AGENT);
      AgentAccount account = new AgentAccount(
              username, displayName, Optional.of(WEAK.hash(password)), clock.instant(), false)
          .withRole(role);
      assertThat(store.accounts().add(account)).as("the account is new").isTrue();
    } catch (ConfigurationException e) {
      throw new AssertionError("the default configuration is wrong", e);
    }
  }
}
