package dev.relay.jdbc;

import dev.relay.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of the tests' own PostgreSQL server with the tables of Relay, emptied for each test. Its language orders text in another way
 * than SQLite does.
 */
final class PostgresDatabase {
  /** The lock of the tests that use the database. */
  static final String LOCK = "relay-postgres";

  private static final AtomicInteger CREATED = new AtomicInteger();

  private PostgresDatabase() {}

  /** Holds the database; created only once the server is known to exist. */
  private static final class Shared {
    static final String URL = create(PostgresServer.shared(), "relay");
    static final String EMPTY = createTables(URL);

    private Shared() {}
  }

  /** Returns the address of the database after removing all rows of the test before. Skips the test if there is no PostgreSQL. */
  static String emptied() {
    var unused = PostgresServer.shared();
    execute(Shared.URL, Shared.EMPTY);
    return Shared.URL;
  }

  /** Returns the address of the database as it is. */
  static String url() {
    return Shared.URL;
  }

  /** Creates an empty database, without tables, whose name begins so; returns its address. */
  static String create(PostgresServer server, String name) {
    return create(
        server, name, "encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'");
  }

  /** Creates an empty database with those settings; returns its address. */
  static String create(PostgresServer server, String prefix, String settings) {
    String name = prefix + CREATED.incrementAndGet();
    execute(server.url("postgres"), "create database " + name + " template template0 " + settings);
    return server.url(name);
  }

  static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Returns the first column. */
  static List<String> query(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Returns the statements that empty the tables: deleting a few rows is much faster than {@code truncate}, which makes new files. */
  private static String createTables(String url) {
    JdbcStore.open(url, InstantSource.system(), new Random(1)).close();
    List<String> statements = new ArrayList<>(
        query(
            url,
            "select 'delete from ' || table_name from information_schema.tables where table_schema = 'public'"
                + " and table_name not in ('counter', 'search_progress', 'search_due', 'flyway_schema_history')"));
    statements.addAll(query(
        url,
        "select 'alter sequence ' || relname || ' restart' from pg_class where relkind = 'S'"));
    statements.add("delete from search_due");
    statements.add("update search_progress set entry_id = 0");
    statements.add("update counter set value = case name when 'case' then 1000 else 0 end");
    return String.join(";", statements);
  }
}
