package dev.relay.jdbc;

import dev.relay.core.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Upgrades a database to this program's tables with Flyway, and refuses one that a newer program has written. A database that already
 * has the tables of this version is recognised from Flyway's own records, without starting Flyway.
 */
final class Migrations {
  private static final String RECORDS = "flyway_schema_history";

  private final DataSource database;
  private final String folder;

  Migrations(Dialect dialect) {
    this.database = dialect.migrator();
    this.folder = dialect.migrations();
  }

  void run() {
    try {
      Set<String> applied = applied();
      Set<String> known = MigrationFiles.versions();
      Optional<String> newer = applied.stream()
          .filter(version -> !known.contains(version))
          .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
      if (newer.isPresent()) {
        throw new StoreException(
            "the database was written by a newer Relay (its tables have version " + newer.get()
                + "): start that version again, or restore a backup from before the update");
      }
      if (!applied.equals(known) && !(applied.isEmpty() && create())) {
        migrate();
      }
    } catch (FlywayException | SQLException e) {
      throw new StoreException(
          "the database could not be brought to this version: " + e.getMessage(), e);
    }
  }

  private boolean create() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new NewDatabase(folder).create(connection);
    }
  }

  private void migrate() {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .resourceProvider(new MigrationFiles(folder))
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  /** Returns the versions of the migrations that succeeded; none if the database is new. */
  private Set<String> applied() throws SQLException {
    try (Connection connection = database.getConnection();
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

  private static boolean hasRecords(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, RECORDS, null)) {
      return tables.next();
    }
  }
}
