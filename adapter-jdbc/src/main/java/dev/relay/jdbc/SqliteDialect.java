package dev.relay.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** SQLite: one file, one writer at a time, readers that never wait. */
final class SqliteDialect implements Dialect {
  /** How long another process (a command beside the server) may hold the file; a group commit takes some milliseconds. */
  private static final int BUSY_MILLIS = 10_000;
  /** In pages of 4 KiB: 16 MB of log between two checkpoints, so that a hot page is copied back once for many changes. */
  private static final int CHECKPOINT_PAGES = 4_000;
  /** In KiB if negative: the upper levels of the indexes of a million conversations. */
  private static final int WRITER_CACHE = -64 * 1024;

  private final String url;
  private final Reasons reasons;

  SqliteDialect(String url) {
    this.url = url;
    this.reasons = new Reasons(SqliteFile.of(url).path());
  }

  @Override
  public String migrations() {
    return "db/migration/sqlite";
  }

  @Override
  public DataSource migrator() {
    return dataSource(writing());
  }

  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = writing();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setWalAutocheckpoint(CHECKPOINT_PAGES);
    config.setCacheSize(WRITER_CACHE);
    return config.createConnection(url);
  }

  @Override
  public DataSource readers() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return dataSource(config);
  }

  @Override
  public String skippingLocked(String alias) {
    return "";
  }

  @Override
  public String reason(Throwable failure) {
    return reasons.of(failure);
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
