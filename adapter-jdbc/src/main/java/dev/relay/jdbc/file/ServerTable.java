package dev.relay.jdbc.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code server}: the process that serves from the file. A second server is kept away by the lock of a file beside the
 * database; this row still keeps it away after somebody has deleted that file. A process is recognised by its id and its start, because
 * ids are reused; in another container it is not seen.
 */
public final class ServerTable {
  private static final String EXISTS =
      "select 1 from sqlite_master where type = 'table' and name = 'server'";
  private static final String FIND = "select pid, started_at from server";
  private static final String SAVE = "insert into server (id, pid, started_at) values (1, ?, ?)"
      + " on conflict (id) do update set pid = excluded.pid, started_at = excluded.started_at";
  private static final String REMOVE = "delete from server where pid = ?";
  /** The system computes starts from its own start in whole seconds, which two processes may round differently. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private ServerTable() {}

  /** Returns the id of another running process that serves from the database; empty if the tables are older than this one. */
  public static Optional<Long> other(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet tables = statement.executeQuery(EXISTS)) {
        if (!tables.next()) {
          return Optional.empty();
        }
      }
      try (ResultSet rows = statement.executeQuery(FIND)) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long pid = rows.getLong(1);
        return isRunning(pid, Columns.time(rows, 2)) ? Optional.of(pid) : Optional.empty();
      }
    }
  }

  private static boolean isRunning(long pid, Instant start) {
    return pid != ProcessHandle.current().pid()
        && ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .filter(it -> Duration.between(it, start).abs().compareTo(ROUNDING) <= 0)
            .isPresent();
  }

  /** Stores this process as the server. */
  public static void save(Session session) {
    ProcessHandle self = ProcessHandle.current();
    session.update(SAVE, self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
  }

  /** Removes this process. */
  public static void remove(Session session) {
    session.update(REMOVE, ProcessHandle.current().pid());
  }
}
