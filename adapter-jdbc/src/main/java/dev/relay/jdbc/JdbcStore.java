package dev.relay.jdbc;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.workspace.Workspace;
import dev.relay.jdbc.copy.DatabaseCopy;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.Database.ServerLock;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.Migrations;
import dev.relay.jdbc.file.ServerTable;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.postgres.PostgresDialect;
import dev.relay.jdbc.privacy.CustomerData;
import dev.relay.jdbc.privacy.Place;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A store in a SQLite file or a PostgreSQL database. When a write returns, it is on the disk. One connection writes; a few others read
 * without waiting for it, and two others search. After a failure of the disk or of the database server the store recovers automatically;
 * {@link #health()} reports the failure meanwhile. Thread-safe.
 *
 * <p>One store serves a database at a time: {@link #open} locks it, and a second store that is opened the same way is refused. A
 * command that works beside a server uses {@link #openBeside}.
 */
public final class JdbcStore implements Store, AccessStore {
  private final Writer writer;
  private final Readers readers;
  private final Readers searches;
  private final Database database;
  private final JdbcAttachments attachments;
  private final AgentAccounts accounts;
  private final AccessTokens tokens;
  private final Workspace workspace;
  private final ReadableRows readable = new ReadableRows();
  private final Optional<ServerLock> lock;
  private final WordIndexer indexer;
  private final Place place = new WholePlace();
  private final PersonalData personalData;
  private int interruptedDeliveries;
  private volatile boolean closed;
  /** Belongs to the writer's session; used only by the thread that has the writer's turn. */
  private @Nullable JdbcTransaction transaction;

  /** Owns the lock and the readers from now on. The database must have the tables of this version. */
  JdbcStore(
      Database database,
      Optional<ServerLock> lock,
      LogGate gate,
      Readers readers,
      InstantSource clock,
      RandomGenerator random) {
    this.database = database;
    this.lock = lock;
    this.writer = new Writer(database, gate);
    this.readers = readers;
    this.searches = new Readers(database, gate, Readers.Kind.SEARCHES);
    this.attachments = new JdbcAttachments(writer, readers, random);
    this.accounts = new JdbcAccounts(writer, readers);
    this.tokens = new JdbcTokens(writer, readers, readable);
    this.workspace = new JdbcWorkspace(writer, readers, readable);
    this.indexer = new WordIndexer(writer, readers, readable);
    this.personalData = new CustomerData(place, clock);
  }

  /**
   * Opens the SQLite database in that file, to serve from it. Creates the file, readable only by its owner, if it does not exist.
   *
   * @throws StoreException if the file cannot be opened, if another process serves from it, or if a newer Relay has written it
   */
  public static JdbcStore sqlite(Path file) {
    return open(Address.of(file), InstantSource.system(), new SecureRandom());
  }

  /**
   * Opens the database at that address as {@link #open(Address, InstantSource, RandomGenerator)} does.
   *
   * @param jdbcUrl {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql://HOST:PORT/DATABASE}
   */
  public static JdbcStore open(String jdbcUrl, InstantSource clock, RandomGenerator random) {
    return open(Address.of(jdbcUrl), clock, random);
  }

  /**
   * Opens the database at that address, to serve from it. Creates the tables if there are none, and brings those of a SQLite file to this
   * version; older tables of PostgreSQL are refused, because only {@link #migrate} upgrades them. Until the store is closed or the
   * process ends, no other store can serve from the same database. Deliveries that an earlier process was making when it ended are due at
   * once.
   *
   * @param clock decides what is left over from earlier runs
   * @param random generates the ids of attachments; must be unpredictable
   * @throws IllegalArgumentException if the address is that of no supported database
   * @throws StoreException if the database cannot be opened, if another process serves from it, or if a newer Relay has written it
   */
  public static JdbcStore open(Address address, InstantSource clock, RandomGenerator random) {
    return open(address.database(), clock, random);
  }

  static JdbcStore open(Database database, InstantSource clock, RandomGenerator random) {
    database.create();
    ServerLock lock = database.lock();
    JdbcStore store;
    try {
      // Only now: nobody else may be serving from the tables that an upgrade changes.
      database.requireNoServer();
      database.requireWhole();
      new Migrations(database).run();
      store = connect(database, Optional.of(lock), clock, random);
    } catch (RuntimeException | Error e) {
      closeAfter(e, lock);
      throw e;
    }
    store.recover(clock);
    return store;
  }

  /**
   * Checks, without changing anything, whether {@link #open} could use the database at that address: the server can be reached, the user
   * can log in, and the tables are Relay's and not those of a newer one. Another Relay may be serving from it. A SQLite file is not opened.
   *
   * @throws IllegalArgumentException if the address is that of no supported database
   * @throws StoreException with the reason, on one line
   */
  public static void check(Address address) {
    address.database().check();
  }

  /**
   * Brings the tables at that address to this version, and creates them if there are none. On PostgreSQL nothing else upgrades them; a SQLite
   * file is also upgraded by {@link #open}.
   *
   * @return the versions of the changes that were made, in their order; empty if there was nothing to do
   * @throws StoreException if a store serves from the database, if a newer Relay has written it, or if it fails; then nothing has changed
   */
  public static List<String> migrate(Address address) {
    Database database = address.database();
    database.create();
    ServerLock lock = database.lock();
    try (lock) {
      database.requireNoServer();
      database.requireWhole();
      Migrations migrations = new Migrations(database);
      List<String> missing = List.copyOf(migrations.missing());
      migrations.migrate();
      return missing;
    }
  }

  /**
   * Returns the versions of the changes that {@link #migrate} would make, in their order; changes nothing, also while a store serves.
   *
   * @param address an existing database
   * @throws StoreException if a newer Relay has written the database, or if it cannot be read
   */
  public static List<String> missing(Address address) {
    return List.copyOf(new Migrations(address.database()).missing());
  }

  /** Opens the database at that address as {@link #openBeside(Address, InstantSource, RandomGenerator)} does. */
  public static JdbcStore openBeside(String jdbcUrl, InstantSource clock, RandomGenerator random) {
    return openBeside(Address.of(jdbcUrl), clock, random);
  }

  /**
   * Opens the database beside a store that may be serving from it in another process. For commands and tools; do not build a Relay
   * with such a store. Creates a SQLite file, and tables if there are none, and never upgrades tables.
   *
   * @throws StoreException if the database cannot be opened, or if its tables are not those of this version
   */
  public static JdbcStore openBeside(Address address, InstantSource clock, RandomGenerator random) {
    Database database = address.database();
    database.create();
    database.requireWhole();
    new Migrations(database).requireCurrent();
    JdbcStore store = connect(database, Optional.empty(), clock, random);
    store.recover(clock);
    return store;
  }

  /**
   * Copies the database in that file, whatever Relay's version wrote it, while another process may be serving from it. The copy is one
   * moment of the database, readable only by its owner, and exists only once it is complete and on the disk. Commits are not held up;
   * the log of a busy server grows meanwhile.
   *
   * @param jdbcUrl {@code jdbc:sqlite:PATH}
   * @param target the file to create; its folder exists
   * @throws IllegalArgumentException if the address has another form
   * @throws StoreException if the target exists, if there is no database, if it is not a SQLite file, or if the copy cannot be written
   */
  public static void backup(String jdbcUrl, Path target) {
    Address.of(jdbcUrl).database().backup(target);
  }

  /** Copies this store's database as {@link #backup(String, Path)} does. */
  public void backup(Path target) {
    database.backup(target);
  }

  /**
   * Copies a SQLite database into a PostgreSQL database, with its search index. If a copy was interrupted, this continues it; until it is
   * complete, nothing else opens the target.
   *
   * @param from a database that no store serves from; it is not changed
   * @param to a database without records, whose tables are created if it has none
   * @param progress receives reports from this thread
   * @return the tables, each compared with the original
   * @throws IllegalArgumentException if the databases are not of these kinds
   * @throws StoreException with the reason, on one line
   */
  public static List<CopiedTable> copy(Address from, Address to, CopyProgress progress) {
    if (from.isServer() || !to.isServer()) {
      throw new IllegalArgumentException(
          "only a SQLite database can be copied, and only into PostgreSQL");
    }
    return new DatabaseCopy(from.database(), to.database(), wordIndex(), progress)
        .run().stream()
            .map(each -> new CopiedTable(each.table(), each.rows(), each.hash()))
            .toList();
  }

  /** Receives reports of a copy: {@code copied}, {@code again} and {@code indexed}. */
  public interface CopyProgress extends DatabaseCopy.Progress {}

  /**
   * A table that was copied and compared with the original.
   *
   * @param rows the number of its rows
   * @param hash the sum of the SHA-256 hashes of its rows, 64 hexadecimal digits
   */
  public record CopiedTable(String name, long rows, String hash) {}

  /** Returns what builds the search index of a database that no store serves from. */
  static DatabaseCopy.WordIndex wordIndex() {
    ReadableRows readable = new ReadableRows();
    return session -> new WordTable(session, readable).advance(WordIndexer.BATCH);
  }

  private static JdbcStore connect(
      Database database, Optional<ServerLock> lock, InstantSource clock, RandomGenerator random) {
    LogGate gate = new LogGate();
    return new JdbcStore(
        database, lock, gate, new Readers(database, gate, Readers.Kind.LOOK_UPS), clock, random);
  }

  /** Removes what earlier runs left over. If that fails, closes the whole store: the caller never gets it. */
  private void recover(InstantSource clock) {
    try {
      attachments.removeLeftOvers(clock.instant());
      if (lock.isPresent()) {
        interruptedDeliveries = beginServing(clock.instant());
        indexer.start();
      }
    } catch (RuntimeException | Error e) {
      closeAfter(e, this);
      throw e;
    }
  }

  /** Errors in here are added to the first error and do not replace it. */
  private static void closeAfter(Throwable first, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      first.addSuppressed(e);
    }
  }

  /**
   * Makes interrupted deliveries due and frees the leases of an earlier process; safe because this store holds the lock. From now on the
   * database names this process as its server.
   */
  private int beginServing(Instant now) {
    return writer.write(session -> {
      ServerTable.save(session);
      new LeaseTable(session).endAll();
      return new LaneTable(session, new Remembered()).endLeases(now);
    });
  }

  /** Returns how many deliveries an earlier process was making when it ended; 0 if it ended in order. */
  public int interruptedDeliveries() {
    return interruptedDeliveries;
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return writer.write(session -> work.apply(transactionOn(session)));
  }

  private Transaction transactionOn(Session session) {
    JdbcTransaction current = transaction;
    if (current == null || current.session != session) {
      current = new JdbcTransaction(session, readable);
      transaction = current;
    }
    return current.begun();
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    return read(readers, query);
  }

  /** Searches have two connections, two seconds of waiting for one, and two seconds of time. */
  @Override
  public <T> T search(Function<Queries, T> query) {
    return read(searches, query);
  }

  private <T> T read(Readers from, Function<Queries, T> query) {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    return from.read(session -> query.apply(new JdbcQueries(session, readable)));
  }

  @Override
  public Attachments attachments() {
    return attachments;
  }

  @Override
  public Optional<PersonalData> personalData() {
    return Optional.of(personalData);
  }

  @Override
  public AgentAccounts accounts() {
    return accounts;
  }

  @Override
  public AccessTokens tokens() {
    return tokens;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  /** Brings the index of words up to date now; {@link #open} starts a thread that does so in the background. */
  void indexWords() {
    while (indexer.advance()) {
      // The next batch follows.
    }
  }

  /** Returns warnings for the operator, for example about a file on a network drive; usually none. */
  public List<String> findings() {
    return database.findings();
  }

  @Override
  public Health health() {
    return writer.health();
  }

  private void endServing() {
    if (lock.isEmpty()) {
      return;
    }
    try {
      writer.write(session -> {
        ServerTable.remove(session);
        return true;
      });
    } catch (StoreException e) {
      // The row is ignored once its process has ended, which it does soon.
      return;
    }
  }

  /**
   * Waits for a running write, copies the log into the file, closes the database and releases the lock. If one of these fails, the
   * others are still done.
   */
  @Override
  public void close() {
    // Closed in reverse order: the writer last, because only it can copy the log back.
    try (writer;
        readers;
        searches;
        indexer) {
      closed = true;
      endServing();
    } finally {
      lock.ifPresent(ServerLock::close);
    }
  }

  /** Returns this store as a place of customers' data. */
  Place place() {
    return place;
  }

  /** This store as a place of customers' data. */
  private final class WholePlace implements Place {
    @Override
    public <T> T write(Writing<T> work) {
      return writer.write(session -> work.run(session, transactionOn(session)));
    }

    @Override
    public <T> T read(Reading<T> query) {
      return readers.read(query::run);
    }

    @Override
    public Optional<String> overwrite(Collection<String> tables) {
      return writer.overwrite(tables, database);
    }
  }

  /** The address of a database, and the log-in if it has one. The text form has no password. Immutable. */
  public static final class Address {
    private static final String POSTGRES = "jdbc:postgresql:";

    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;

    private Address(String url, Optional<String> user, Optional<String> password) {
      this.url = url;
      this.user = user;
      this.password = password;
    }

    /**
     * Returns the address of that form.
     *
     * @param jdbcUrl {@code jdbc:sqlite:PATH}, or {@code jdbc:postgresql://HOST:PORT/DATABASE} with the driver's parameters
     */
    public static Address of(String jdbcUrl) {
      return new Address(jdbcUrl, Optional.empty(), Optional.empty());
    }

    /** Returns the address of that SQLite file. */
    public static Address of(Path file) {
      return of("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** Returns this address with the log-in of a server; SQLite ignores it. */
    public Address withLogin(Optional<String> newUser, Optional<String> newPassword) {
      return new Address(url, newUser, newPassword);
    }

    /** Checks whether the database is that of a server, and not a file. */
    private boolean isServer() {
      return url.startsWith(POSTGRES);
    }

    /** Returns the database; opens nothing. */
    Database database() {
      return isServer() ? new PostgresDialect(url, user, password) : new SqliteDialect(url);
    }

    /** Returns the address without its parameters, which may contain a password. */
    @Override
    public String toString() {
      return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
  }
}
