package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * A copy of a database that is being written to. It is one snapshot, made by {@code vacuum into}: SQLite's {@code .backup} begins
 * anew after each write of another process, and on a busy server never ends.
 */
public final class Backup {
  private final SqliteFile source;

  /** Copies from that file. */
  public Backup(SqliteFile source) {
    this.source = source;
  }

  /**
   * Writes the copy under another name first, so that the target exists only when it is whole and on the disk.
   *
   * @throws StoreException if the target exists, if the source does not, or if the copy cannot be written
   */
  public void to(Path target) {
    Path copy = target.toAbsolutePath();
    if (!Files.isRegularFile(source.path())) {
      throw new StoreException("there is no database " + source.path());
    }
    if (Files.exists(copy)) {
      throw exists(copy);
    }
    Reasons reasons = new Reasons(copy);
    try {
      Path unfinished = Files.createTempFile(
          copy.getParent(),
          copy.getFileName() + ".",
          ".part",
          SqliteFile.ownerOnly(copy, "rw-------"));
      try {
        vacuum(unfinished);
        makeItsOwn(unfinished);
        force(unfinished);
        Files.move(unfinished, copy);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(copy);
    } catch (IOException | SQLException e) {
      throw new StoreException(
          "the database " + source.path() + " could not be copied to " + copy + ": "
              + reasons.of(e),
          e);
    }
  }

  private void vacuum(Path into) throws SQLException {
    try (Connection connection = new SqliteDialect(source.jdbcUrl()).readers().getConnection();
        PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
      statement.setString(1, into.toString());
      statement.execute();
    }
  }

  /**
   * Makes the copy a database of its own: no process serves from it, and whatever waits for its delivery is in doubt, because the
   * original goes on and may have delivered it by the time the copy is used. A database of an older version may have no such table.
   */
  private static void makeItsOwn(Path copy) throws SQLException {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      if (hasTable(connection, "server")) {
        statement.executeUpdate("delete from server");
      }
      if (hasTable(connection, "lane")) {
        statement.executeUpdate("update lane set in_doubt = 1 where last_seq > done_seq");
      }
    }
  }

  private static boolean hasTable(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(
        "select 1 from sqlite_master where type = 'table' and name = ?")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static StoreException exists(Path copy) {
    return new StoreException(
        "the backup " + copy + " exists already: name another file, or remove it first");
  }
}
