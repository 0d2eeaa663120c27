package dev.relay.app.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The place of the data.
 *
 * @param dataDir the folder of the SQLite database
 * @param databaseUrl the database if it is not the one in the data folder
 * @param user the user of a database server
 * @param password that user's password
 */
public record StorageSettings(
    Path dataDir, Optional<String> databaseUrl, Optional<String> user, Optional<Secret> password) {

  /** Returns the JDBC address of the database. */
  public String database() {
    return databaseUrl.orElseGet(() -> "jdbc:sqlite:" + dataDir.resolve("relay.db"));
  }
}
