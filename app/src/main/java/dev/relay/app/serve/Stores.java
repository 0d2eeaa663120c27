package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the store that the configuration names. */
public final class Stores {

  private Stores() {}

  /** The store; throws a {@link StoreException} with one clear line where it cannot be opened. The caller closes it. */
  public static JdbcStore open(Configuration configuration, InstantSource clock) {
    if (configuration.databaseUrl().isEmpty()) {
      try {
        Files.createDirectories(configuration.dataDir());
      } catch (IOException e) {
        throw new StoreException(
            "The data folder " + configuration.dataDir() + " cannot be made: " + e, e);
      }
    }
    return JdbcStore.open(configuration.database(), clock, new SecureRandom());
  }
}
