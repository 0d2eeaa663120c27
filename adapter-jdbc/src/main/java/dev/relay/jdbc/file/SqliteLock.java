package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server away from a SQLite file. The operating system releases the lock when the process ends, however it ends.
 * Thread-safe.
 */
public final class SqliteLock implements Database.ServerLock {
  /**
   * The lock files that this process has open, by their real paths. On Linux and macOS a process that closes any descriptor of a
   * file loses every lock it has on that file. If a second attempt in this process opened the lock file only to find it locked,
   * its close would let another process serve from the same database. The locks belong to the process; therefore this field is
   * static.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel file;

  private SqliteLock(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Locks that database by a file beside it, which it creates if it does not exist. Symbolic links are followed, so that a database
   * has one lock whatever path names it.
   *
   * @param database an existing file
   * @throws StoreException if another store, in this process or another one, holds the lock
   */
  public static SqliteLock take(Path database, FileAttribute<?>... ownerOnly) {
    Path path = lockFile(database);
    if (!OPEN.add(path)) {
      throw refusal(path);
    }
    boolean taken = false;
    try {
      SqliteLock lock = open(path, ownerOnly);
      taken = true;
      return lock;
    } catch (IOException e) {
      throw new StoreException(
          "the database cannot be locked by " + path + ": " + new Reasons(database).of(e), e);
    } finally {
      if (!taken) {
        OPEN.remove(path);
      }
    }
  }

  private static Path lockFile(Path database) {
    try {
      return Path.of(database.toRealPath() + ".lock");
    } catch (IOException e) {
      throw new StoreException("the database " + database + " cannot be locked: " + e, e);
    }
  }

  private static SqliteLock open(Path path, FileAttribute<?>... ownerOnly) throws IOException {
    FileChannel file = FileChannel.open(
        path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly);
    boolean locked = false;
    try {
      locked = tryLock(file) != null;
    } finally {
      if (!locked) {
        file.close();
      }
    }
    if (!locked) {
      throw refusal(path);
    }
    return new SqliteLock(path, file);
  }

  /** Also handles a lock that a copy of this class from another class loader holds in this process. */
  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static StoreException refusal(Path path) {
    return new StoreException("another Relay is already serving from this database (" + path
        + " is locked): a database in a file serves one process; stop the other Relay, or use"
        + " another database");
  }

  /** Releases the lock; does nothing if it is released already. */
  @Override
  public synchronized void close() {
    if (!file.isOpen()) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the database cannot be released: " + e, e);
    } finally {
      // Only now, because closing the file would also drop the lock of a store that took it
      // earlier.
      OPEN.remove(path);
    }
  }
}
