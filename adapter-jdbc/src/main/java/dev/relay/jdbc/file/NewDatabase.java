package dev.relay.jdbc.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Fills an empty SQLite database from the migration files and records them as Flyway does, so that Flyway continues from there. Starting
 * Flyway for this would take a third of the processor time of Relay's first start.
 */
final class NewDatabase {
  private static final List<String> RECORDS = List.of("""
      CREATE TABLE "flyway_schema_history" (
          "installed_rank" INT NOT NULL PRIMARY KEY,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INT,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
          "execution_time" INT NOT NULL,
          "success" BOOLEAN NOT NULL
      )""", """
      CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success")""");

  private static final String RECORD = "insert into flyway_schema_history (installed_rank, version,"
      + " description, type, script, checksum, installed_by, execution_time, success)"
      + " values (?, ?, ?, 'SQL', ?, ?, '', 0, 1)";

  private final MigrationFiles files;

  /** Fills databases from these files. */
  NewDatabase(MigrationFiles files) {
    this.files = files;
  }

  /** Creates all tables in one transaction, unless the database has tables already; returns whether it did. */
  boolean create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Keeps other processes out, of which one may be creating the tables at this moment.
      statement.execute("begin immediate");
      try {
        boolean empty = isEmpty(statement);
        if (empty) {
          for (String sql : RECORDS) {
            statement.executeUpdate(sql);
          }
          // Versions may have gaps, ranks have none.
          int rank = 0;
          for (String file : files.names()) {
            rank++;
            run(connection, rank, file);
          }
        }
        statement.execute("commit");
        return empty;
      } catch (SQLException | RuntimeException e) {
        takeBack(statement, e);
        throw e;
      }
    }
  }

  /** Rolls back. After some failures, such as a full disk, SQLite has done so itself and reports an error, which must not hide the first. */
  private static void takeBack(Statement statement, Exception first) {
    try {
      statement.execute("rollback");
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select 1 from sqlite_master limit 1")) {
      return !rows.next();
    }
  }

  private void run(Connection connection, int rank, String file) throws SQLException {
    List<String> lines = files.lines(file);
    try (Statement migration = connection.createStatement();
        PreparedStatement record = connection.prepareStatement(RECORD)) {
      migration.executeUpdate(String.join("\n", lines));
      record.setInt(1, rank);
      record.setString(2, MigrationFiles.version(file));
      record.setString(3, MigrationFiles.description(file));
      record.setString(4, file);
      record.setInt(5, MigrationFiles.checksum(lines));
      record.executeUpdate();
    }
  }
}
