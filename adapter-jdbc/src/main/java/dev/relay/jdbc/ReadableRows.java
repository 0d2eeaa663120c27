package dev.relay.jdbc;

import dev.relay.core.store.StoreException.BadData;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lists without the rows that cannot be read, so that one such row costs a list one line and not all of them. Each row that is left out
 * is logged once. Thread-safe.
 */
final class ReadableRows {
  private static final System.Logger LOG = System.getLogger("dev.relay.jdbc");
  /** The number of different faults that are logged: enough to see what they have in common. */
  private static final int LOGGED = 100;
  /** The rows that are read at most for one list. A list in which almost nothing can be read ends early. */
  private static final int MOST_ROWS = 10_000;

  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Returns the first rows that can be read.
   *
   * @param sql a query whose last parameter is the number of rows
   * @param limit the number of readable rows to return at most
   * @param parameters the parameters before the number of rows
   */
  <T> List<T> list(
      Session session, String sql, Session.Row<T> row, int limit, @Nullable Object... parameters) {
    @Nullable Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
    int asked = limit;
    while (true) {
      all[parameters.length] = asked;
      List<Optional<T>> rows = session.list(sql, each(row), all);
      List<T> readable = new ArrayList<>(rows.size());
      rows.forEach(each -> each.ifPresent(readable::add));
      boolean isAll = rows.size() < asked || asked >= MOST_ROWS;
      if (readable.size() >= limit || isAll) {
        return readable.size() > limit ? readable.subList(0, limit) : readable;
      }
      asked = Math.min(MOST_ROWS, 2 * asked);
    }
  }

  /** Returns the first row that can be read. */
  <T> Optional<T> first(
      Session session, String sql, Session.Row<T> row, @Nullable Object... parameters) {
    return list(session, sql, row, 1, parameters).stream().findFirst();
  }

  /** Reads each row, empty if it cannot be read. */
  <T> Session.Row<Optional<T>> each(Session.Row<T> row) {
    return result -> read(row, result);
  }

  private <T> Optional<T> read(Session.Row<T> row, ResultSet result) throws SQLException {
    try {
      return Optional.of(row.read(result));
    } catch (BadData e) {
      String fault = String.valueOf(e.getMessage());
      if (logged.size() < LOGGED && logged.add(fault)) {
        LOG.log(System.Logger.Level.WARNING, () -> "left out of a list: " + fault);
      }
      return Optional.empty();
    }
  }
}
