package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The file of a SQLite database. */
public final class SqliteFile {
  private static final String PREFIX = "jdbc:sqlite:";
  /** File systems whose locks, on which SQLite relies, are unreliable. */
  private static final Set<String> NETWORK = Set.of(
      "nfs",
      "nfs4",
      "cifs",
      "smb",
      "smbfs",
      "smb2",
      "smb3",
      "9p",
      "fuse.sshfs",
      "afs",
      "ceph",
      "glusterfs",
      "fuse.glusterfs",
      "lustre",
      "webdav",
      "davfs");

  private final Path path;

  /** Names a file; does not touch it. */
  public SqliteFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** Returns the file that a JDBC address names. Refuses addresses without a file, because nothing would survive a restart. */
  public static SqliteFile of(String jdbcUrl) {
    String file = jdbcUrl.startsWith(PREFIX) ? jdbcUrl.substring(PREFIX.length()) : "";
    if (file.isBlank() || file.startsWith(":") || file.contains("?") || file.startsWith("file:")) {
      throw new IllegalArgumentException(
          "a database address must be jdbc:sqlite:PATH with the path of a file, or"
              + " jdbc:postgresql://HOST/DATABASE; this is: " + jdbcUrl);
    }
    return new SqliteFile(Path.of(file));
  }

  /** Returns the JDBC address. */
  public String jdbcUrl() {
    return PREFIX + path;
  }

  /** Returns the absolute path. */
  public Path path() {
    return path;
  }

  /** Creates the file and its folder, accessible only to the owner, if they do not exist. */
  public void create() {
    try {
      Path folder = path.getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly(path, "rwx------"));
      }
      Files.createFile(path, ownerOnly(path, "rw-------"));
    } catch (FileAlreadyExistsException there) {
      createTarget();
    } catch (IOException e) {
      throw notCreated(e);
    }
  }

  /**
   * Creates the file that a symbolic link names, if it does not exist. Never opens an existing file, because closing it would drop
   * SQLite's own locks on it.
   */
  private void createTarget() {
    if (Files.exists(path)) {
      return;
    }
    try {
      Files.newByteChannel(
              path,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              ownerOnly(path, "rw-------"))
          .close();
    } catch (IOException e) {
      throw notCreated(e);
    }
  }

  private StoreException notCreated(IOException e) {
    return new StoreException(
        "the database file " + path + " cannot be created: " + new Reasons(path).of(e), e);
  }

  /** Locks the database for one serving process. */
  public SqliteLock lock() {
    return SqliteLock.take(path, ownerOnly(path, "rw-------"));
  }

  /** Returns the permissions for a new file, on file systems that have permissions. */
  public static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Returns warnings about the place of the file. */
  public List<String> findings() {
    try {
      return findings(Files.getFileStore(path).type());
    } catch (IOException e) {
      return List.of("the file system of " + path + " could not be examined: " + e);
    }
  }

  /** Returns warnings about a file system of that type. */
  public List<String> findings(String fileSystem) {
    return NETWORK.contains(fileSystem.toLowerCase(Locale.ROOT))
        ? List.of("the database file " + path + " is on a network file system (" + fileSystem
            + "), where a crash can damage it: set RELAY_DATA_DIR to a folder on a local disk")
        : List.of();
  }
}
