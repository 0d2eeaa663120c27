package dev.relay.jdbc.postgres;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.MigrationFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates and upgrades the tables, in one transaction. PostgreSQL takes back changes of tables like any other, so that an upgrade happens as
 * a whole or not at all. The records are those of Flyway, so that Flyway could continue from there.
 */
final class PostgresTables {
  private static final String RECORDS = """
      create table flyway_schema_history (
        installed_rank integer not null primary key,
        version varchar(50),
        description varchar(200) not null,
        type varchar(20) not null,
        script varchar(1000) not null,
        checksum integer,
        installed_by varchar(100) not null,
        installed_on timestamp not null default now(),
        execution_time integer not null,
        success boolean not null
      );
      create index flyway_schema_history_s_idx on flyway_schema_history (success)""";

  private static final String RECORD = "insert into flyway_schema_history (installed_rank, version,"
      + " description, type, script, checksum, installed_by, execution_time, success)"
      + " values (?, ?, ?, 'SQL', ?, ?, current_user, 0, true)";
  private static final String HAS_RECORDS = "select 1 from information_schema.tables where"
      + " table_schema = current_schema() and table_name = 'flyway_schema_history'";
  private static final String HAS_TABLES =
      "select 1 from information_schema.tables where table_schema = current_schema() limit 1";

  private static final String MAY_CREATE =
      "select 1 where has_schema_privilege(current_schema(), 'CREATE')";

  private final MigrationFiles files;

  PostgresTables(MigrationFiles files) {
    this.files = files;
  }

  /**
   * Checks whether the tables could be created or upgraded.
   *
   * @throws StoreException if there is no schema, if its tables are not Relay's, or if the user may not create tables in it
   */
  void check(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    if (schema == null) {
      throw AdvisoryLock.noSchema();
    }
    try (Statement statement = connection.createStatement()) {
      if (!finds(statement, HAS_TABLES)) {
        if (!finds(statement, MAY_CREATE)) {
          throw new StoreException("the user " + connection.getMetaData().getUserName()
              + " may not create tables in the schema " + schema
              + ": make that user the owner of the schema or of the database");
        }
      } else if (!finds(statement, HAS_RECORDS)) {
        throw notOurs(schema);
      }
    }
  }

  private static StoreException notOurs(String schema) {
    return new StoreException("the schema " + schema + " of the database has tables that are not"
        + " Relay's: give Relay a database or a schema of its own");
  }

  /** Creates all tables if the schema has none; returns whether it did. */
  boolean create(Connection connection) throws SQLException {
    return inTransaction(connection, statement -> {
      if (finds(statement, HAS_TABLES)) {
        return false;
      }
      statement.execute(RECORDS);
      apply(connection, statement);
      return true;
    });
  }

  /**
   * Applies the migrations that are missing.
   *
   * @throws StoreException if the schema has tables that are not Relay's
   */
  void upgrade(Connection connection) throws SQLException {
    var unused = inTransaction(connection, statement -> {
      if (!finds(statement, HAS_RECORDS)) {
        throw notOurs(connection.getSchema());
      }
      apply(connection, statement);
      return true;
    });
  }

  private void apply(Connection connection, Statement statement) throws SQLException {
    Set<String> applied = new HashSet<>();
    int rank = 0;
    try (ResultSet rows =
        statement.executeQuery("select version, installed_rank from flyway_schema_history")) {
      while (rows.next()) {
        applied.add(rows.getString(1));
        rank = Math.max(rank, rows.getInt(2));
      }
    }
    for (String file : files.names()) {
      if (!applied.contains(MigrationFiles.version(file))) {
        rank++;
        run(connection, statement, rank, file);
      }
    }
  }

  private void run(Connection connection, Statement statement, int rank, String file)
      throws SQLException {
    List<String> lines = files.lines(file);
    statement.execute(String.join("\n", lines));
    try (PreparedStatement record = connection.prepareStatement(RECORD)) {
      record.setInt(1, rank);
      record.setString(2, MigrationFiles.version(file));
      record.setString(3, MigrationFiles.description(file));
      record.setString(4, file);
      record.setInt(5, MigrationFiles.checksum(lines));
      record.executeUpdate();
    }
  }

  private static boolean finds(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  /** Other writers wait meanwhile, among them a process that creates the same tables. */
  private static boolean inTransaction(Connection connection, Work work) throws SQLException {
    AdvisoryLock.prepareForWaiting(connection);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      AdvisoryLock.WRITING.keepUntilTheEnd(connection);
      boolean done = work.run(statement);
      connection.commit();
      return done;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  /** Work in a transaction. */
  private interface Work {
    boolean run(Statement statement) throws SQLException;
  }
}
