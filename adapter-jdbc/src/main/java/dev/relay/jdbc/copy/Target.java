package dev.relay.jdbc.copy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.copy.Table.Column;
import dev.relay.jdbc.copy.Table.Kind;
import dev.relay.jdbc.copy.Table.Row;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.postgres.PostgresDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The PostgreSQL database that receives a copy. While the copy is incomplete, a table names its origin, and neither servers nor commands
 * open the database.
 */
final class Target {
  /** The search indexes, which are built anew; what the records of processes and migrations say is true of one database alone. */
  private static final Set<String> NOT_COPIED = Set.of(
      "message_words",
      "customer_words",
      "case_words",
      "search_due",
      "search_progress",
      "server",
      "lease",
      "flyway_schema_history",
      PostgresDialect.UNFINISHED_COPY);
  /** Has rows in a new database. */
  private static final String COUNTERS = "counter";

  private static final String MESSAGES = "message";

  private static final String TABLES = "select table_name from information_schema.tables"
      + " where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name";
  private static final String COLUMNS = "select column_name, data_type, is_identity"
      + " from information_schema.columns where table_schema = current_schema() and table_name = ?"
      + " order by ordinal_position";
  /** The primary key comes first; an index on an expression or on some of the rows is no key. */
  private static final String KEY = "select a.attname from (select i.indrelid, i.indkey from"
      + " pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid ="
      + " c.relnamespace where n.nspname = current_schema() and c.relname = ? and i.indisunique"
      + " and i.indpred is null and i.indexprs is null order by i.indisprimary desc, i.indexrelid"
      + " limit 1) k, unnest(k.indkey) with ordinality as u (number, place) join pg_attribute a on"
      + " a.attnum = u.number where a.attrelid = k.indrelid order by u.place";

  private static final String ORIGIN = "select origin from " + PostgresDialect.UNFINISHED_COPY;

  private final Database database;
  private final Connection connection;

  /** The connection holds the lock of a server. */
  Target(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** Returns the tables that are copied. */
  List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : texts(TABLES)) {
      if (!NOT_COPIED.contains(name)) {
        tables.add(table(name));
      }
    }
    return tables;
  }

  private Table table(String name) throws SQLException {
    List<Column> columns = new ArrayList<>();
    Optional<String> numbered = Optional.empty();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String column = rows.getString(1);
          columns.add(new Column(column, kind(name, rows.getString(2))));
          if (rows.getString(3).equals("YES")) {
            numbered = Optional.of(column);
          }
        }
      }
    }
    List<String> key = texts(KEY, name);
    if (key.isEmpty()) {
      throw new IllegalStateException("the table " + name + " has no key");
    }
    return new Table(name, columns, key, numbered);
  }

  private static Kind kind(String table, String type) {
    return switch (type) {
      case "bigint", "integer", "smallint" -> Kind.NUMBER;
      case "text" -> Kind.TEXT;
      case "bytea" -> Kind.BYTES;
      default -> throw new IllegalStateException("the table " + table + " has the type " + type);
    };
  }

  /**
   * Begins a copy, or continues one of the same origin.
   *
   * @throws StoreException if the database has records, or an unfinished copy of another origin
   */
  void begin(String origin, List<Table> tables) throws SQLException {
    if (PostgresDialect.hasUnfinishedCopy(connection)) {
      if (!texts(ORIGIN).contains(origin)) {
        throw new StoreException("the target has an unfinished copy of another database: drop the"
            + " target database or schema, and create it again");
      }
      return;
    }
    for (Table table : tables) {
      if (!table.name().equals(COUNTERS)
          && !texts("select 1 from " + table.name() + " limit 1").isEmpty()) {
        throw new StoreException("the target has records of its own (in the table " + table.name()
            + "): copy into a new database or schema");
      }
    }
    write(statement -> {
      statement.execute("create table " + PostgresDialect.UNFINISHED_COPY
          + " (origin text not null, begun_at timestamptz not null default now())");
      try (PreparedStatement insert = connection.prepareStatement(
          "insert into " + PostgresDialect.UNFINISHED_COPY + " (origin) values (?)")) {
        insert.setString(1, origin);
        insert.executeUpdate();
      }
      statement.execute("delete from " + COUNTERS);
    });
  }

  long count(Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(table.count())) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Returns the key of the row that was copied last; empty if there is none. */
  Optional<Row> last(Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(table.last())) {
      return rows.next() ? Optional.of(Row.read(table.keyColumns(), rows)) : Optional.empty();
    }
  }

  /** Stores the rows in one transaction. */
  void insert(Table table, List<Row> rows) throws SQLException {
    write(unused -> {
      try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
        for (Row row : rows) {
          row.bind(insert);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    });
  }

  /** Removes all rows of a table, and their words. */
  void empty(Table table) throws SQLException {
    write(statement -> {
      statement.execute("delete from " + table.name());
      if (table.name().equals(MESSAGES)) {
        statement.execute("update search_progress set entry_id = 0");
      }
    });
  }

  Content content(Table table) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return Content.of(connection, table);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Lets the database give the numbers behind those that were given, and lets servers open it. */
  void finish(List<Numbers> numbers) throws SQLException {
    // Not in the connection for writing, which gives up waiting for an answer after a minute.
    try (Connection other = database.migrator().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("analyze");
    }
    write(statement -> {
      for (Numbers each : numbers) {
        statement.execute("select setval(pg_get_serial_sequence('" + each.table() + "', '"
            + each.column() + "'), " + Math.max(1, each.last()) + ", " + (each.last() > 0) + ")");
      }
      statement.execute("drop table " + PostgresDialect.UNFINISHED_COPY);
    });
  }

  /**
   * The greatest number that was given to a row of a table.
   *
   * @param last 0 if none was
   */
  record Numbers(String table, String column, long last) {}

  private List<String> texts(String query, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }

  private void write(Work work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try (Statement statement = connection.createStatement()) {
      database.keepOthersOut(connection);
      work.run(statement);
      connection.commit();
      done = true;
    } finally {
      if (!done && !connection.isClosed()) {
        connection.rollback();
      }
    }
    connection.setAutoCommit(true);
  }

  /** Work in a transaction. */
  private interface Work {
    void run(Statement statement) throws SQLException;
  }
}
