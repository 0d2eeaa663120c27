package dev.relay.jdbc;

import dev.relay.core.access.AccessTokens;
import dev.relay.core.access.AgentAccounts;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Relay's state in a SQLite file. When a write returns, it is on the disk. One connection writes, a few read without
 * waiting for it. After a failure of the disk the store recovers by itself; {@link #health()} says how it is. A second
 * process, such as a command beside the server, may use the same file. Thread-safe.
 */
public final class JdbcStore implements Store {
  private final Writer writer;
  private final Readers readers;
  private final Dialect dialect;
  private final JdbcAttachments attachments;
  private final AgentAccounts accounts;
  private final AccessTokens tokens;
  private final List<String> findings;
  private volatile boolean closed;
  /** Belongs to the session of the writer, and is only used by who has the writer's turn. */
  private @Nullable JdbcTransaction transaction;

  private JdbcStore(Dialect dialect, List<String> findings, RandomGenerator random) {
    this.dialect = dialect;
    this.findings = findings;
    this.writer = new Writer(dialect);
    this.readers = new Readers(dialect);
    this.attachments = new JdbcAttachments(writer, readers, random);
    this.accounts = new JdbcAccounts(writer, readers);
    this.tokens = new JdbcTokens(writer, readers);
  }

  /**
   * Opens the SQLite database in that file; creates it, readable for its owner alone, where there is none.
   *
   * @throws StoreException where it cannot be opened, or where a newer Relay has written it
   */
  public static JdbcStore sqlite(Path file) {
    return open("jdbc:sqlite:" + file.toAbsolutePath(), InstantSource.system(), new SecureRandom());
  }

  /**
   * Opens the database at that address, and brings its tables to this version.
   *
   * @param jdbcUrl {@code jdbc:sqlite:PATH}
   * @param clock to tell what is left over of earlier runs
   * @param random for the ids of attachments, which must not be guessed
   * @throws IllegalArgumentException where the address is of another kind
   * @throws StoreException where it cannot be opened, or where a newer Relay has written it
   */
  public static JdbcStore open(String jdbcUrl, InstantSource clock, RandomGenerator random) {
    SqliteFile file = SqliteFile.of(jdbcUrl);
    file.create();
    Dialect dialect = new SqliteDialect(file.jdbcUrl());
    new Migrations(dialect).run();
    JdbcStore store = new JdbcStore(dialect, file.findings(), random);
    store.attachments.removeLeftOvers(clock.instant());
    return store;
  }

  /**
   * Makes due at once what an earlier process was delivering when it ended, and frees the leases that it held. Only where it is certain
   * that no other process serves from this database.
   *
   * @return how many lanes were being delivered
   */
  public int endLeases(Instant now) {
    return writer.write(session -> {
      new LeaseTable(session).endAll();
      return new LaneTable(session, dialect).endLeases(now);
    });
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return writer.write(session -> work.apply(transactionOn(session)));
  }

  private Transaction transactionOn(Session session) {
    JdbcTransaction current = transaction;
    if (current == null || current.session != session) {
      current = new JdbcTransaction(session, dialect);
      transaction = current;
    }
    return current;
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    return readers.read(session -> query.apply(new JdbcQueries(session, dialect)));
  }

  @Override
  public Attachments attachments() {
    return attachments;
  }

  @Override
  public AgentAccounts accounts() {
    return accounts;
  }

  @Override
  public AccessTokens tokens() {
    return tokens;
  }

  /** What the operator should be told at the start, such as a file on a network drive; mostly nothing. */
  public List<String> findings() {
    return findings;
  }

  @Override
  public Health health() {
    return writer.health();
  }

  /** Waits for a write that is running, copies the log into the file and ends. */
  @Override
  public void close() {
    closed = true;
    readers.close();
    writer.close();
  }
}
