package dev.relay.app.serve;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server away from a database that only one can serve. The operating system gives the lock back when the process
 * ends, however it ends. Commands that work beside a server do not take it.
 */
final class DataLock implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";

  private final FileChannel file;

  private DataLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock beside a SQLite file; empty for other databases, which serve several.
   *
   * @throws StoreException where another process has it
   */
  static Optional<DataLock> of(String database) {
    if (!database.startsWith(SQLITE)) {
      return Optional.empty();
    }
    Path path = Path.of(database.substring(SQLITE.length()).replaceAll("\\?.*", "") + ".lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw new StoreException("another Relay serves from this database already (" + path
            + " is locked): one database in a file serves one process");
      }
      return Optional.of(new DataLock(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Lets others in. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
