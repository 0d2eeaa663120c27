package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the store that the configuration names. */
public final class Stores {

  private static final String SQLITE = "jdbc:sqlite:";

  private Stores() {}

  /** Whether there is a database already; another one than a file is taken to be there. */
  public static boolean exists(Configuration configuration) {
    return file(configuration).map(Files::exists).orElse(true);
  }

  /** As {@link #open}, but makes no database where there is none: throws a {@link StoreException} that says so. */
  public static JdbcStore openExisting(Configuration configuration, InstantSource clock) {
    if (!exists(configuration)) {
      throw new StoreException("There is no database " + shown(configuration)
          + ": is that the data folder you mean (dataDir)? relay serve makes one, and so does relay"
          + " agents add.");
    }
    return open(configuration, clock);
  }

  /** Where the database is, as a person says it. */
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

  /** The store; throws a {@link StoreException} with one clear line where it cannot be opened. The caller closes it. */
  public static JdbcStore open(Configuration configuration, InstantSource clock) {
    if (configuration.storage().databaseUrl().isEmpty()) {
      try {
        Files.createDirectories(configuration.storage().dataDir());
      } catch (IOException e) {
        throw new StoreException(
            "The data folder " + configuration.storage().dataDir() + " cannot be made: " + e, e);
      }
    }
    return JdbcStore.open(configuration.storage().database(), clock, new SecureRandom());
  }
}
