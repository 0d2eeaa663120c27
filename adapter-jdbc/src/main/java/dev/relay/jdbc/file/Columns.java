package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException.BadData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times and columns that may be null. */
public final class Columns {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,40}");

  private Columns() {}

  /** Returns the fault of a row that could not be read. Only the messages of {@link BadData} contain nothing that somebody wrote. */
  public static BadData unreadable(String what, long id, RuntimeException e) {
    String fault =
        e instanceof BadData ? String.valueOf(e.getMessage()) : e.getClass().getName();
    return new BadData(what + " " + id + " cannot be read: " + fault);
  }

  /** Returns the time in a column of milliseconds since 1970. */
  public static Instant time(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  /** Returns the time in a column that may be null. */
  public static Optional<Instant> optionalTime(ResultSet row, int column) throws SQLException {
    return optionalLong(row, column).map(Instant::ofEpochMilli);
  }

  /** Returns the number in a column that may be null. */
  public static Optional<Long> optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** Returns the value of that name. */
  public static <E extends Enum<E>> E name(@Nullable String name, Class<E> type) {
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new BadData("its " + type.getSimpleName() + " is unknown to this Relay" + shown(name));
  }

  /** Returns an unknown name in brackets, if it can be a name and nothing that somebody wrote. */
  public static String shown(@Nullable String name) {
    return name != null && NAME.matcher(name).matches() ? " (" + name + ")" : "";
  }

  /** Returns the text in a column that may be null. */
  public static Optional<String> optionalText(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
