package dev.relay.jdbc;

import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.postgres.PostgresDialect;
import java.nio.file.Path;
import java.util.Optional;

/** The address of a database, and the log-in if it has one. The text form has no password. Immutable. */
public final class DatabaseAddress {
  private static final String POSTGRES = "jdbc:postgresql:";

  private final String url;
  private final Optional<String> user;
  private final Optional<String> password;

  private DatabaseAddress(String url, Optional<String> user, Optional<String> password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * Returns the address of that form.
   *
   * @param jdbcUrl {@code jdbc:sqlite:PATH}, or {@code jdbc:postgresql://HOST:PORT/DATABASE} with the driver's parameters
   */
  public static DatabaseAddress of(String jdbcUrl) {
    return new DatabaseAddress(jdbcUrl, Optional.empty(), Optional.empty());
  }

  /** Returns the address of that SQLite file. */
  public static DatabaseAddress of(Path file) {
    return of("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /** Returns this address with the log-in of a server; SQLite ignores it. */
  public DatabaseAddress withLogin(Optional<String> newUser, Optional<String> newPassword) {
    return new DatabaseAddress(url, newUser, newPassword);
  }

  /** Returns the database; opens nothing. */
  Database database() {
    return url.startsWith(POSTGRES)
        ? new PostgresDialect(url, user, password)
        : new SqliteDialect(url);
  }

  /** Returns the address without its parameters, which may contain a password. */
  @Override
  public String toString() {
    return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
  }
}
