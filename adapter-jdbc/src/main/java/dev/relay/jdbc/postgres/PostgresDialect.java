package dev.relay.jdbc.postgres;

import com.zaxxer.hikari.util.DriverDataSource;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.MigrationFiles;
import dev.relay.jdbc.file.Migrations;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, for one server at a time. The connection that writes holds an advisory lock as long as it lasts, so a server that has lost its
 * connection cannot write without finding out whether another one has taken its place. Each transaction that writes holds a second lock
 * from its beginning: writes happen one after the other, in all processes. Thread-safe.
 */
public final class PostgresDialect implements Database {
  /** The table that names the origin of a copy into this database, as long as the copy is incomplete. */
  public static final String UNFINISHED_COPY = "relay_copy";

  private static final String HAS_UNFINISHED_COPY =
      "select 1 from information_schema.tables where table_schema = current_schema() and"
          + " table_name = '" + UNFINISHED_COPY + "'";

  private static final String REMAINS =
      "PostgreSQL keeps parts of removed rows in its write-ahead log and"
          + " in unused space of its pages until it writes over them: docs/operations.md says what ends that";

  /** How long a write waits for another process, for example a command beside the server. */
  private static final int LOCK_MILLIS = 10_000;
  /** How long a start waits for the connection of a server that has just been killed. */
  private static final int SERVING_LOCK_MILLIS = 10_000;
  /** The time after which the server takes back a transaction whose process is suspended, so that others can write. */
  private static final int IDLE_MILLIS = 60_000;
  /** In seconds; also ends the wait for a server that is gone without a word. */
  private static final String SOCKET_SECONDS = "60";

  private static final String CONNECT_SECONDS = "10";

  private final String url;
  private final int servingLockMillis;
  /** The parameters of the address, the log-in, and what Relay itself needs. */
  private final Properties login;
  /** Names the connections of this object at the server. */
  private final String application = "relay-" + UUID.randomUUID();

  private final SqlParts sql = new PostgresSql();
  private final PostgresReasons reasons;
  /** Whether the connection that writes holds the server's lock. */
  private volatile boolean serving;
  /** The connection that holds the lock until the writer takes it over. */
  private @Nullable Connection locked;

  /**
   * Names a database by its JDBC address; opens nothing.
   *
   * @param url the address, with the driver's parameters
   * @param user the user, unless the address has a parameter {@code user}
   * @param password the password, unless the address has a parameter {@code password}
   * @throws IllegalArgumentException if the address has a user before its host, which the driver would take for a host and name in errors
   * @throws StoreException if a parameter is wrongly encoded
   */
  public PostgresDialect(String url, Optional<String> user, Optional<String> password) {
    this(url, user, password, SERVING_LOCK_MILLIS);
  }

  /**
   * @param servingLockMillis how long to wait for the lock that another server holds
   */
  public PostgresDialect(
      String url, Optional<String> user, Optional<String> password, int servingLockMillis) {
    int end = url.indexOf('?');
    // The driver names the whole address in its errors and warnings. It gets the parameters apart
    // from it, because they may contain a password.
    this.url = end < 0 ? url : url.substring(0, end);
    if (this.url.contains("@")) {
      throw new IllegalArgumentException("the address of a PostgreSQL database has no user and"
          + " password before the host: name them by the parameters user and password");
    }
    this.servingLockMillis = servingLockMillis;
    login = parameters(end < 0 ? "" : url.substring(end + 1));
    user.ifPresent(name -> login.putIfAbsent("user", name));
    password.ifPresent(secret -> login.putIfAbsent("password", secret));
    login.putIfAbsent("connectTimeout", CONNECT_SECONDS);
    login.putIfAbsent("tcpKeepAlive", "true");
    login.setProperty("ApplicationName", application);
    // The details of an error contain values of rows.
    login.setProperty("logServerErrorDetail", "false");
    this.reasons = new PostgresReasons("the database " + this.url);
  }

  /** Reads parameters as the driver does. */
  private static Properties parameters(String query) {
    Properties parameters = new Properties();
    for (String each : query.split("&", -1)) {
      int end = each.indexOf('=');
      String name = end < 0 ? each : each.substring(0, end);
      if (!name.isEmpty()) {
        parameters.setProperty(name, end < 0 ? "" : decoded(each.substring(end + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message quotes the value.
      throw new StoreException(
          "a parameter of the database's address is wrongly encoded: write % as %25");
    }
  }

  @Override
  public SqlParts sql() {
    return sql;
  }

  @Override
  public void check() {
    requireNoServer();
    requireWhole();
    try (Connection connection = migrator().getConnection()) {
      new PostgresTables(migrations()).check(connection);
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + reason(e), e);
    }
    var unused = new Migrations(this).missing();
  }

  @Override
  public void requireWhole() {
    try (Connection connection = connect(login)) {
      if (hasUnfinishedCopy(connection)) {
        throw new StoreException("the database has an unfinished copy of another one: repeat relay"
            + " db copy, which continues it");
      }
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + reason(e), e);
    }
  }

  /** Checks whether a copy into this database is incomplete. */
  public static boolean hasUnfinishedCopy(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HAS_UNFINISHED_COPY)) {
      return rows.next();
    }
  }

  /** Does nothing: an administrator creates the database. */
  @Override
  public void create() {
    // The first connection reports that the database does not exist.
  }

  @Override
  public ServerLock lock() {
    try {
      Connection connection = openServing();
      synchronized (this) {
        serving = true;
        locked = connection;
      }
      return this::release;
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + reason(e), e);
    }
  }

  /** The writer's connection has ended by now, and its lock with it. */
  private void release() {
    Connection unused = takeLocked();
    serving = false;
    closeQuietly(unused);
  }

  private synchronized @Nullable Connection takeLocked() {
    Connection connection = locked;
    locked = null;
    return connection;
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException alreadyGone) {
        return;
      }
    }
  }

  /** The lock at the server leaves nothing else to check but what the database must be. */
  @Override
  public void requireNoServer() {
    try (Connection connection = connect(login)) {
      String encoding = shown(connection, "server_encoding");
      if (!encoding.equals("UTF8")) {
        throw new StoreException("the database has the encoding " + encoding
            + ", in which not every text can be stored: create one with the encoding UTF8");
      }
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + reason(e), e);
    }
  }

  @Override
  public MigrationFiles migrations() {
    return MigrationFiles.POSTGRES;
  }

  @Override
  public DataSource migrator() {
    return source(login);
  }

  /** The operator decides when: an upgrade locks the tables, and no copy of a file brings the state before it back. */
  @Override
  public boolean isUpgradedAtStart() {
    return false;
  }

  @Override
  public boolean createTables(Connection connection) throws SQLException {
    return new PostgresTables(migrations()).create(connection);
  }

  @Override
  public void upgradeTables() throws SQLException {
    try (Connection connection = connect(login)) {
      new PostgresTables(migrations()).upgrade(connection);
    }
  }

  @Override
  public boolean mergeIndexes(Session session, boolean begins) {
    return false;
  }

  /** Frees the space of removed rows, and measures the columns again: samples of their values are among the statistics. */
  @Override
  public Optional<String> overwrite(Collection<String> tables) throws SQLException {
    try (Connection connection = connect(login)) {
      for (String table : tables) {
        execute(connection, "vacuum (analyze) " + table);
      }
    }
    return Optional.of(REMAINS);
  }

  @Override
  public Connection openWriter() throws SQLException {
    if (!serving) {
      return openWriting();
    }
    Connection connection = takeLocked();
    return connection == null ? openServing() : connection;
  }

  private Connection openServing() throws SQLException {
    Connection connection = openWriting();
    boolean held = false;
    try {
      execute(connection, "set lock_timeout = " + servingLockMillis);
      AdvisoryLock.SERVING.endHolders(connection, application);
      AdvisoryLock.SERVING.keep(connection);
      execute(connection, "set lock_timeout = " + LOCK_MILLIS);
      held = true;
      return connection;
    } catch (SQLException e) {
      throw PostgresReasons.state(e).equals(PostgresReasons.LOCK_TIMEOUT)
          ? new SQLException("another Relay is already serving from this database: it serves one"
              + " process; stop the other Relay, or use another database or schema")
          : e;
    } finally {
      if (!held) {
        closeQuietly(connection);
      }
    }
  }

  private Connection openWriting() throws SQLException {
    Connection connection = connect(withSocketTimeout());
    boolean open = false;
    try {
      AdvisoryLock.prepareForWaiting(connection);
      execute(connection, "set lock_timeout = " + LOCK_MILLIS);
      execute(connection, "set idle_in_transaction_session_timeout = " + IDLE_MILLIS);
      if (shown(connection, "synchronous_commit").equals("off")) {
        execute(connection, "set synchronous_commit = on");
      }
      open = true;
      return connection;
    } finally {
      if (!open) {
        closeQuietly(connection);
      }
    }
  }

  @Override
  public void keepOthersOut(Connection writer) throws SQLException {
    AdvisoryLock.WRITING.keepUntilTheEnd(writer);
  }

  /** All queries of a transaction see the moment of the first one. */
  @Override
  public DataSource readers() {
    return source(withSocketTimeout());
  }

  @Override
  public Optional<String> readIsolation() {
    return Optional.of("TRANSACTION_REPEATABLE_READ");
  }

  /** The driver is found by the address, so that this module needs it only when it runs. */
  private DataSource source(Properties properties) {
    return new DriverDataSource(url, null, properties, null, null);
  }

  /** The server ends each statement that takes longer. */
  @Override
  public <T> T limited(Connection reader, Duration limit, Work<T> work) throws SQLException {
    execute(reader, "set statement_timeout = " + limit.toMillis());
    try {
      return work.run();
    } finally {
      if (!reader.isClosed()) {
        if (!reader.getAutoCommit()) {
          reader.rollback();
          reader.setAutoCommit(true);
        }
        execute(reader, "set statement_timeout = 0");
      }
    }
  }

  @Override
  public boolean isRefusal(SQLException failure) {
    return PostgresReasons.isRefusal(failure);
  }

  @Override
  public boolean isConflict(Throwable failure) {
    return PostgresReasons.isConflict(failure);
  }

  @Override
  public boolean isUsableAfter(Throwable failure) {
    return PostgresReasons.isUsableAfter(failure);
  }

  @Override
  public String reason(Throwable failure) {
    return reasons.of(failure);
  }

  @Override
  public boolean isDamage(Throwable failure) {
    return PostgresReasons.isDamage(failure);
  }

  /** The server's disk cannot be seen from here. */
  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public long logGoal() {
    return 0;
  }

  @Override
  public long logLength() {
    return 0;
  }

  @Override
  public boolean restartLog(Connection writer) {
    return true;
  }

  /** Otherwise the lock would be held until the server notices the end of the connection. */
  @Override
  public void beforeClose(Connection writer) throws SQLException {
    execute(writer, "select pg_advisory_unlock_all()");
  }

  /** A server that does not wait for its disk may lose what it has acknowledged. */
  @Override
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    try (Connection connection = connect(login)) {
      for (String setting : List.of("fsync", "full_page_writes")) {
        if (shown(connection, setting).toLowerCase(Locale.ROOT).equals("off")) {
          findings.add(
              "the database server has " + setting + " = off, so that a crash of its machine"
                  + " can damage the database: set it to on");
        }
      }
    } catch (SQLException e) {
      findings.add("the settings of the database server could not be read: " + reason(e));
    }
    return findings;
  }

  @Override
  public void backup(Path target) {
    throw new StoreException("Relay copies SQLite databases alone: use pg_dump for PostgreSQL");
  }

  private Properties withSocketTimeout() {
    Properties properties = new Properties();
    properties.putAll(login);
    properties.putIfAbsent("socketTimeout", SOCKET_SECONDS);
    return properties;
  }

  private Connection connect(Properties properties) throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  private static String shown(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show " + setting)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
