package dev.relay.jdbc;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server away from a SQLite file. The operating system releases the lock when the process ends, however it ends.
 * Thread-safe.
 */
final class SqliteLock implements AutoCloseable {
  private final FileChannel file;

  private SqliteLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Locks that file; creates it if it does not exist.
   *
   * @throws StoreException if another store, in this process or another one, holds the lock
   */
  static SqliteLock take(Path path, FileAttribute<?>... ownerOnly) {
    try {
      FileChannel file = FileChannel.open(
          path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly);
      if (tryLock(file) == null) {
        file.close();
        throw new StoreException("another Relay is already serving from this database (" + path
            + " is locked): a database in a file serves one process; stop the other Relay, or use"
            + " another database");
      }
      return new SqliteLock(file);
    } catch (IOException e) {
      throw new StoreException("the database cannot be locked by " + path + ": " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the database cannot be released: " + e, e);
    }
  }
}
