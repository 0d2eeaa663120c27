package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables' version. Upgrades a database to this program's tables, and refuses one that a newer program has written. A database that
 * already has the tables of this version is recognised from the records of its migrations, without starting Flyway.
 */
public final class Migrations {
  private static final String RECORDS = "flyway_schema_history";

  private final Database database;
  private final DataSource connections;
  private final Set<String> versions;

  /** Upgrades or checks that database. */
  public Migrations(Database database) {
    this.database = database;
    this.connections = database.migrator();
    this.versions = database.migrations().versions();
  }

  /**
   * Brings the database to this version for a server that starts. The caller holds the lock: nobody else serves from the tables that change.
   *
   * @throws StoreException if the tables are older and not upgraded by a start
   */
  public void run() {
    if (!database.isUpgradedAtStart()) {
      Set<String> missing = missing();
      if (!missing.isEmpty() && missing.size() < versions.size()) {
        throw new StoreException("the database was written by an older Relay (its tables lack the"
            + " changes " + String.join(", ", missing) + "): back it up, and run relay migrate."
            + " A start does not upgrade this database");
      }
    }
    migrate();
  }

  /** Brings the database to this version. The caller holds the lock. */
  public void migrate() {
    try {
      Set<String> applied = checked(applied());
      if (!applied.equals(versions) && !(applied.isEmpty() && create())) {
        database.upgradeTables();
      }
    } catch (FlywayException | SQLException e) {
      throw new StoreException(
          "the database could not be brought to this version: " + database.reason(e), e);
    }
  }

  /**
   * Returns the versions of the migrations that the database lacks, in their order; changes nothing.
   *
   * @throws StoreException if a newer program has written the database, or if it cannot be read
   */
  public Set<String> missing() {
    try {
      return missing(checked(applied()));
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + database.reason(e), e);
    }
  }

  private Set<String> missing(Set<String> applied) {
    Set<String> missing = new TreeSet<>(Comparator.comparingInt(Integer::parseInt));
    missing.addAll(versions);
    missing.removeAll(applied);
    return missing;
  }

  /**
   * Creates the tables of an empty database, which is safe whatever other processes do, and leaves other tables as they are.
   *
   * @throws StoreException if the tables are not those of this version
   */
  public void requireCurrent() {
    try {
      Set<String> applied = checked(applied());
      if (applied.isEmpty()) {
        create();
        applied = checked(applied());
      }
      if (!applied.equals(versions)) {
        throw new StoreException("the database was written by an older Relay (its tables lack the"
            + " changes " + String.join(", ", missing(applied)) + "): a command does not upgrade"
            + " it. Stop Relay and run relay migrate, or use the jar of the server that runs");
      }
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + database.reason(e), e);
    }
  }

  private Set<String> checked(Set<String> applied) {
    Set<String> unknown = new TreeSet<>(applied);
    unknown.removeAll(versions);
    Optional<String> newer = latest(unknown);
    if (newer.isPresent()) {
      throw new StoreException(
          "the database was written by a newer Relay (its tables have version " + newer.get()
              + "): start that version again, or restore a backup from before the update");
    }
    return applied;
  }

  private static Optional<String> latest(Set<String> versions) {
    return versions.stream()
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
  }

  private boolean create() throws SQLException {
    try (Connection connection = connections.getConnection()) {
      return database.createTables(connection);
    }
  }

  /** Returns the versions of the migrations that succeeded; none if the database is new. */
  private Set<String> applied() throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      Set<String> versions = new TreeSet<>();
      if (hasRecords(connection)) {
        try (ResultSet rows = statement.executeQuery(
            "select version from " + RECORDS + " where success and version is not null")) {
          while (rows.next()) {
            versions.add(rows.getString(1));
          }
        }
      }
      return versions;
    }
  }

  /** The driver takes names for patterns, in which {@code _} stands for any character: the names that it finds are compared. */
  private static boolean hasRecords(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet tables = connection.getMetaData().getTables(null, schema, RECORDS, null)) {
      while (tables.next()) {
        if (tables.getString("TABLE_NAME").equals(RECORDS)
            && Objects.equals(tables.getString("TABLE_SCHEM"), schema)) {
          return true;
        }
      }
      return false;
    }
  }
}
