package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** SQLite: one file, one writer at a time, readers that never wait. */
public final class SqliteDialect implements Database {
  /** How long another process (a command beside the server) may hold the file; a group commit takes some milliseconds. */
  private static final int BUSY_MILLIS = 10_000;
  /** SQLite's code for a violated constraint, in the lowest byte of its codes. */
  private static final int CONSTRAINT = 19;

  private static final int PRIMARY_CODE = 0xff;
  /** In pages of 4 KiB: 16 MB of log between two checkpoints, so that a hot page is copied back once for many changes. */
  private static final int CHECKPOINT_PAGES = 4_000;
  /** In KiB if negative: the upper levels of the indexes of a million conversations. */
  private static final int WRITER_CACHE = -64 * 1024;

  private static final int PROGRESS_STEPS = 10_000;
  private static final int PAGE_BYTES = 4_096;
  /** How long other processes' reads are waited for before the log is left as it is: the writes wait meanwhile. */
  private static final int RESTART_MILLIS = 100;

  private static final String MERGE =
      "insert into case_search (case_search, rank) values ('merge', ?)";
  /** A step of a merge, in pages: some milliseconds. */
  private static final int MERGED_PAGES = 200;

  private final String url;
  private final int checkpointPages;
  private final SqliteFile file;
  private final SqlParts sql = new SqliteSql();
  private final Reasons reasons;
  private final Path log;

  /** Names a database by its JDBC address; opens nothing. */
  public SqliteDialect(String url) {
    this(url, CHECKPOINT_PAGES);
  }

  /**
   * @param checkpointPages the pages of log between two checkpoints
   */
  public SqliteDialect(String url, int checkpointPages) {
    NativeLibrary.prepare();
    this.url = url;
    this.checkpointPages = checkpointPages;
    this.file = SqliteFile.of(url);
    this.reasons = new Reasons(file.path());
    this.log = Path.of(file.path() + "-wal");
  }

  @Override
  public SqlParts sql() {
    return sql;
  }

  @Override
  public void create() {
    file.create();
  }

  @Override
  public ServerLock lock() {
    return file.lock();
  }

  @Override
  public void requireNoServer() {
    try (Connection connection = migrator().getConnection()) {
      Optional<Long> other = ServerTable.other(connection);
      if (other.isPresent()) {
        throw new StoreException("another Relay is already serving from this database (process "
            + other.get() + "), although its lock file was deleted: stop that process first");
      }
    } catch (SQLException e) {
      throw new StoreException("the database cannot be opened: " + reason(e), e);
    }
  }

  @Override
  public MigrationFiles migrations() {
    return MigrationFiles.SQLITE;
  }

  @Override
  public void check() {
    // Opening the file would create others beside it, which belong to the user who checks.
  }

  @Override
  public DataSource migrator() {
    return dataSource(writing());
  }

  @Override
  public boolean createTables(Connection connection) throws SQLException {
    return new NewDatabase(migrations()).create(connection);
  }

  @Override
  public void upgradeTables() {
    Flyway.configure(SqliteDialect.class.getClassLoader())
        .dataSource(migrator())
        .resourceProvider(migrations())
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  @Override
  public List<String> findings() {
    return file.findings();
  }

  /**
   * The index of texts by three characters keeps removed texts until its parts are merged, unlike the indexes of words, which have {@code
   * secure-delete}: a table without content cannot have it. A negative number of pages begins a merge of all parts, a positive one
   * continues it; a step that changes nothing but its own row was the last.
   */
  @Override
  public boolean mergeIndexes(Session session, boolean begins) {
    long before = changes(session);
    session.update(MERGE, begins ? -MERGED_PAGES : MERGED_PAGES);
    return changes(session) - before > 1;
  }

  private static long changes(Session session) {
    return session.first("select total_changes()", row -> row.getLong(1)).orElse(0L);
  }

  /** Removed rows were overwritten when they were removed. */
  @Override
  public Optional<String> overwrite(Collection<String> tables) {
    return Optional.empty();
  }

  @Override
  public void backup(Path target) {
    new Backup(file).to(target);
  }

  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = writing();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setWalAutocheckpoint(checkpointPages);
    config.setCacheSize(WRITER_CACHE);
    Connection connection = config.createConnection(url);
    try (Statement statement = connection.createStatement()) {
      // What is removed or replaced is overwritten at once: nobody finds it in the file afterwards.
      statement.execute("pragma secure_delete = on");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public DataSource readers() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return dataSource(config);
  }

  /** SQLite asks every few thousand steps of its machine, some tenths of a millisecond, whether it should go on. */
  @Override
  public <T> T limited(Connection reader, Duration limit, Work<T> work) throws SQLException {
    SQLiteConnection connection = reader.unwrap(SQLiteConnection.class);
    long begin = System.nanoTime();
    ProgressHandler.setHandler(connection, PROGRESS_STEPS, new ProgressHandler() {
      @Override
      protected int progress() {
        return System.nanoTime() - begin > limit.toNanos() ? 1 : 0;
      }
    });
    try {
      return work.run();
    } finally {
      if (!connection.isClosed()) {
        ProgressHandler.clearHandler(connection);
      }
    }
  }

  /** A transaction that may write holds the file alone from its beginning. */
  @Override
  public void keepOthersOut(Connection writer) {
    // Nothing is left to do.
  }

  @Override
  public boolean isRefusal(SQLException failure) {
    return (failure.getErrorCode() & PRIMARY_CODE) == CONSTRAINT;
  }

  @Override
  public boolean isConflict(Throwable failure) {
    return false;
  }

  /** SQLite may have ended the transaction itself, or not: the driver does not say. */
  @Override
  public boolean isUsableAfter(Throwable failure) {
    return false;
  }

  @Override
  public OptionalLong commitsOfOthers(Session session) {
    return session
        .first("pragma data_version", row -> OptionalLong.of(row.getLong(1)))
        .orElse(OptionalLong.empty());
  }

  @Override
  public String reason(Throwable failure) {
    return reasons.of(failure);
  }

  @Override
  public boolean isDamage(Throwable failure) {
    return reasons.isDamage(failure);
  }

  /** The log alone may need this much before its pages reach the file. */
  @Override
  public boolean hasRoom() {
    return reasons.room() >= logGoal();
  }

  @Override
  public long logGoal() {
    return (long) checkpointPages * PAGE_BYTES;
  }

  @Override
  public long logLength() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public boolean restartLog(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute("pragma busy_timeout = " + RESTART_MILLIS);
      try (ResultSet result = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
        return result.next() && result.getInt(1) == 0;
      } finally {
        statement.execute("pragma busy_timeout = " + BUSY_MILLIS);
      }
    }
  }

  /** Copies the log back into the file, so that the file alone is the whole store. */
  @Override
  public void beforeClose(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute("pragma wal_checkpoint(truncate)");
    }
  }

  private static SQLiteConfig writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // Otherwise the driver runs a query for the row id after every insert.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private DataSource dataSource(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }
}
