package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.app.config.StorageSettings;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
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
    requireExisting(configuration);
    return openBeside(configuration, clock);
  }

  private static void requireExisting(Configuration configuration) {
    if (!exists(configuration)) {
      throw new StoreException("There is no database " + shown(configuration)
          + ": is that the data folder you mean (dataDir)? relay serve makes one, and so does relay"
          + " agents add.");
    }
  }

  /** Opens the store as {@link #openExisting} does; creates the database if there is none. */
  public static JdbcStore openBeside(Configuration configuration, InstantSource clock) {
    return JdbcStore.openBeside(address(configuration), clock, new SecureRandom());
  }

  /**
   * Copies the database to a new file, also beside a running server.
   *
   * @return the size of the copy in bytes
   * @throws StoreException with a one-line message if there is no database, the file exists, or it cannot be written
   */
  public static long backup(Configuration configuration, Path target) {
    requireExisting(configuration);
    JdbcStore.backup(configuration.storage().database(), target);
    try {
      return Files.size(target);
    } catch (IOException e) {
      throw new StoreException("The backup " + target + " cannot be read: " + e, e);
    }
  }

  /**
   * Copies a SQLite database into a PostgreSQL database.
   *
   * @param from the address of the SQLite database; empty for the database that the configuration names
   * @param to the address of the PostgreSQL database; its log-in is that of the configuration
   * @throws StoreException with a one-line message if a server serves from one of them, the target has other records, or one of them fails
   */
  public static List<JdbcStore.CopiedTable> copy(
      Configuration configuration,
      Optional<String> from,
      String to,
      JdbcStore.CopyProgress progress) {
    StorageSettings source = new StorageSettings(
        configuration.storage().dataDir(),
        from.or(() -> configuration.storage().databaseUrl()),
        Optional.empty(),
        Optional.empty());
    Optional<Path> file = file(source.database());
    if (file.isPresent() && !Files.exists(file.get())) {
      throw new StoreException("There is no database "
          + file.get().toAbsolutePath().normalize() + ": name the one to copy by --from");
    }
    return JdbcStore.copy(
        JdbcStore.Address.of(source.database()),
        JdbcStore.Address.of(to)
            .withLogin(
                configuration.storage().user(),
                configuration.storage().password().map(Secret::reveal)),
        progress);
  }

  /**
   * Brings the tables to this version.
   *
   * @return the numbers of the changes that were made
   * @throws StoreException with a one-line message if there is no database, a server serves from it, or it cannot be upgraded
   */
  public static List<String> migrate(Configuration configuration) {
    requireExisting(configuration);
    return JdbcStore.migrate(address(configuration));
  }

  /** Returns the numbers of the changes that {@link #migrate} would make; changes nothing. */
  public static List<String> missingChanges(Configuration configuration) {
    requireExisting(configuration);
    return JdbcStore.missing(address(configuration));
  }

  /** Returns the database as shown to the operator: the absolute path of its file, or its address. */
  public static String shown(Configuration configuration) {
    return file(configuration)
        .map(path -> path.toAbsolutePath().normalize().toString())
        .orElseGet(() -> address(configuration).toString());
  }

  /** Returns the file of the database; empty if it is in memory or not a SQLite file. */
  static Optional<Path> file(Configuration configuration) {
    return file(configuration.storage().database());
  }

  private static Optional<Path> file(String database) {
    return Optional.of(database)
        .filter(address -> address.startsWith(SQLITE))
        .map(address -> address.substring(SQLITE.length()).replaceAll("\\?.*", ""))
        .filter(name -> !name.isEmpty() && !name.startsWith(":") && !name.startsWith("file:"))
        .map(Path::of);
  }

  /**
   * Opens the store to serve from it. The caller closes it.
   *
   * @throws StoreException with a one-line message if it cannot be opened, or if another Relay is serving from it
   */
  static JdbcStore open(Configuration configuration, InstantSource clock) {
    return JdbcStore.open(address(configuration), clock, new SecureRandom());
  }

  /** Returns the address with its log-in; its text has no password. */
  static JdbcStore.Address address(Configuration configuration) {
    StorageSettings storage = configuration.storage();
    return JdbcStore.Address.of(storage.database())
        .withLogin(storage.user(), storage.password().map(Secret::reveal));
  }
}
