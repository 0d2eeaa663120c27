package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the store that the configuration names. */
public final class Stores {

  private static final String SQLITE = "jdbc:sqlite:";

  private Stores() {}

  /** Checks whether the database exists. Assumes that it does if it is not a SQLite file. */
  public static boolean exists(Configuration configuration) {
    return file(configuration).map(Files::exists).orElse(true);
  }

  /**
   * Opens the store beside a server that may be running, for a command. The caller closes it.
   *
   * @throws StoreException if there is no database yet, or if it cannot be opened
   */
  public static JdbcStore openExisting(Configuration configuration, InstantSource clock) {
    if (!exists(configuration)) {
      throw new StoreException("There is no database " + shown(configuration)
          + ": is that the data folder you mean (dataDir)? relay serve makes one, and so does relay"
          + " agents add.");
    }
    return openBeside(configuration, clock);
  }

  /** Opens the store as {@link #openExisting} does; creates the database if there is none. */
  public static JdbcStore openBeside(Configuration configuration, InstantSource clock) {
    return JdbcStore.openBeside(configuration.storage().database(), clock, new SecureRandom());
  }

  /** Returns the database as shown to the operator: the absolute path of its file, or its address. */
  public static String shown(Configuration configuration) {
    return file(configuration)
        .map(path -> path.toAbsolutePath().normalize().toString())
        .orElse(configuration.storage().database());
  }

  private static Optional<Path> file(Configuration configuration) {
    String address = configuration.storage().database();
    return address.startsWith(SQLITE)
        ? Optional.of(Path.of(address.substring(SQLITE.length())))
        : Optional.empty();
  }

  /**
   * Opens the store to serve from it. The caller closes it.
   *
   * @throws StoreException with a one-line message if it cannot be opened, or if another Relay is serving from it
   */
  static JdbcStore open(Configuration configuration, InstantSource clock) {
    return JdbcStore.open(configuration.storage().database(), clock, new SecureRandom());
  }
}
