package dev.relay.jdbc.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

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

  private final String folder;

  /**
   * Fills databases from these files.
   *
   * @param folder the folder of the migrations on the class path
   */
  NewDatabase(String folder) {
    this.folder = folder;
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
          for (String file : MigrationFiles.NAMES) {
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
    List<String> lines = lines(file);
    String version = file.substring(1, file.indexOf("__"));
    try (Statement migration = connection.createStatement();
        PreparedStatement record = connection.prepareStatement(RECORD)) {
      migration.executeUpdate(String.join("\n", lines));
      record.setInt(1, rank);
      record.setString(2, version);
      record.setString(
          3, file.substring(file.indexOf("__") + 2, file.indexOf('.')).replace('_', ' '));
      record.setString(4, file);
      record.setInt(5, checksum(lines));
      record.executeUpdate();
    }
  }

  private List<String> lines(String file) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = new BufferedReader(MigrationFiles.open(folder, file))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns Flyway's checksum, which covers the lines without their ends and so does not depend on the system's line end. */
  private static int checksum(List<String> lines) {
    CRC32 checksum = new CRC32();
    lines.forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }
}
