package dev.relay.jdbc.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/**
 * The words for the failures that an operator can end: a full disk, a missing permission, a damaged file. SQLite reports them by
 * codes, of which several mean a full disk.
 */
class Reasons {
  /** In bytes; below this, SQLite cannot even map the 32 KiB index of its log, and reports other codes than that of a full disk. */
  private static final long NO_ROOM = 128 * 1024;

  private static final int PRIMARY_CODE = 0xff;
  private static final int READ_ONLY = 8;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  private final Path path;

  /**
   * @param path the database's file
   */
  Reasons(Path path) {
    this.path = path;
  }

  /** Returns what is wrong and what to do, in one line. Nothing in it comes from a row of the database. */
  String of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        return of(sql);
      }
      if (each instanceof IOException io) {
        return of(io);
      }
      if (each instanceof ReadOnlyFileSystemException) {
        return readOnly();
      }
    }
    return String.valueOf(failure.getMessage());
  }

  /** Checks whether the file is damaged. */
  boolean isDamage(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        int code = code(sql);
        return code == CORRUPT || code == NOT_A_DATABASE;
      }
    }
    return false;
  }

  private static int code(SQLException failure) {
    int code = failure instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code
        : failure.getErrorCode();
    return code & PRIMARY_CODE;
  }

  private String of(SQLException failure) {
    return switch (code(failure)) {
      case FULL -> full();
      case IO_ERROR, CANNOT_OPEN -> room() < NO_ROOM ? full() : permitted(failure);
      case READ_ONLY -> readOnly();
      case CORRUPT -> path + " is damaged (" + firstLine(failure) + "): restore a backup";
      case NOT_A_DATABASE -> path + " is not a database of Relay (" + firstLine(failure) + ")";
      default -> firstLine(failure);
    };
  }

  private String of(IOException failure) {
    if (room() < NO_ROOM) {
      return full();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile() + ": give it to the user "
          + System.getProperty("user.name") + ", as whom this process runs";
    }
    String words = String.valueOf(failure.getMessage());
    if (words.contains("Read-only file system")) {
      return readOnly();
    }
    return failure instanceof NoSuchFileException ? "there is no " + words : failure.toString();
  }

  private String permitted(SQLException failure) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder) && !Files.isWritable(folder)) {
      return readOnly();
    }
    return firstLine(failure);
  }

  private String full() {
    return "the disk of " + path + " is full: make room on it";
  }

  private String readOnly() {
    return path + " or its folder is read-only for the user " + System.getProperty("user.name")
        + ", as whom this process runs: SQLite writes both";
  }

  /** Returns the free bytes beside the file; many if they cannot be determined. */
  long room() {
    Path folder = path.toAbsolutePath().getParent();
    try {
      return folder == null || !Files.isDirectory(folder)
          ? Long.MAX_VALUE
          : Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
