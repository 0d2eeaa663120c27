package dev.relay.jdbc.copy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.copy.Table.Row;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.Database.ServerLock;
import dev.relay.jdbc.file.Migrations;
import dev.relay.jdbc.file.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a SQLite database into PostgreSQL. Rows are stored in the order of their keys, so that a copy that was interrupted continues behind
 * the last one. At the end each table is read in both databases and compared by the number and the hashes of its rows; a table that
 * differs, because the source has changed since the interruption, is copied again. No server serves from either database meanwhile.
 */
public final class DatabaseCopy {
  private static final int ROWS = 1_000;
  private static final long BYTES = 8 << 20;

  private final Database from;
  private final Database to;
  private final WordIndex index;
  private final Progress progress;
  private final int rowsAtOnce;

  /** Copies between those databases. */
  public DatabaseCopy(Database from, Database to, WordIndex index, Progress progress) {
    this(from, to, index, progress, ROWS);
  }

  /**
   * @param rowsAtOnce the rows of a transaction at most
   */
  public DatabaseCopy(
      Database from, Database to, WordIndex index, Progress progress, int rowsAtOnce) {
    this.from = from;
    this.to = to;
    this.index = index;
    this.progress = progress;
    this.rowsAtOnce = rowsAtOnce;
  }

  /** Builds the search index of a database. */
  public interface WordIndex {
    /** Adds a batch, in the transaction of the session; returns how many entries, 0 if nothing is left. */
    int advance(Session session);
  }

  /** Receives reports of a copy. */
  public interface Progress {
    /** Reports how many rows of a table have been copied, after each transaction, and how many there are. */
    void copied(String table, long rows, long of);

    /** Reports that a table differs from the source's, and is copied again. */
    void again(String table);

    /** Reports how many entries are in the search index. */
    void indexed(long entries);
  }

  /**
   * A table that was copied and compared.
   *
   * @param rows the number of its rows
   * @param hash the sum of the rows' hashes, in hexadecimal digits
   */
  public record Copied(String table, long rows, String hash) {}

  /**
   * Copies everything; continues a copy that was interrupted.
   *
   * @return the tables
   * @throws StoreException if a server serves from one of the databases, if the target has records of another origin, or if one of them
   *     fails; then the copy can be repeated
   */
  public List<Copied> run() {
    ServerLock source = from.lock();
    try (source) {
      from.requireNoServer();
      new Migrations(from).requireCurrent();
      ServerLock target = to.lock();
      try (target) {
        to.requireNoServer();
        new Migrations(to).requireCurrent();
        return copied();
      }
    }
  }

  private List<Copied> copied() {
    try (Source source = source();
        Connection connection = to.openWriter()) {
      Target target = new Target(to, connection);
      List<Table> tables = target.tables();
      target.begin(source.origin(), tables);
      List<Copied> all = new ArrayList<>();
      List<Target.Numbers> numbers = new ArrayList<>();
      for (Table table : tables) {
        copy(source, target, table);
      }
      for (Table table : tables) {
        all.add(compared(source, target, table));
        if (table.numbered().isPresent()) {
          numbers.add(source.numbers(table, table.numbered().get()));
        }
      }
      buildIndex(new Session(connection, to));
      target.finish(numbers);
      return all;
    } catch (SQLException e) {
      throw new StoreException(
          "the copy failed: " + to.reason(e) + ". Repeat the command: the copy continues", e);
    }
  }

  private Source source() {
    try {
      return new Source(from.openWriter());
    } catch (SQLException e) {
      throw new StoreException("the source cannot be opened: " + from.reason(e), e);
    }
  }

  private void copy(Source source, Target target, Table table) throws SQLException {
    long of = source.count(table);
    Batch batch = new Batch(target, table, target.count(table), of);
    source.read(table, target.last(table), batch);
    batch.end();
  }

  private Copied compared(Source source, Target target, Table table) throws SQLException {
    Content wanted = source.content(table);
    if (!wanted.equals(target.content(table))) {
      progress.again(table.name());
      target.empty(table);
      copy(source, target, table);
      if (!wanted.equals(target.content(table))) {
        throw new StoreException("the table " + table.name() + " differs from the source's although"
            + " it was copied twice: something changes the target's rows, for example a trigger");
      }
    }
    return new Copied(table.name(), wanted.rows(), wanted.hash());
  }

  /** The session is not closed, because the connection is used further. */
  private void buildIndex(Session session) {
    long entries = 0;
    int added = 0;
    do {
      session.beginWriting();
      added = index.advance(session);
      session.commit();
      entries += added;
      progress.indexed(entries);
    } while (added > 0);
  }

  /** The rows of the next transaction. */
  private final class Batch implements Source.Rows {
    private final Target target;
    private final Table table;
    private final long of;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;
    private long copied;

    private Batch(Target target, Table table, long copied, long of) {
      this.target = target;
      this.table = table;
      this.copied = copied;
      this.of = of;
    }

    @Override
    public void row(Row row) throws SQLException {
      rows.add(row);
      bytes += row.size();
      if (rows.size() >= rowsAtOnce || bytes >= BYTES) {
        store();
      }
    }

    private void store() throws SQLException {
      target.insert(table, rows);
      copied += rows.size();
      rows.clear();
      bytes = 0;
      progress.copied(table.name(), copied, of);
    }

    void end() throws SQLException {
      if (!rows.isEmpty()) {
        store();
      }
    }
  }
}
