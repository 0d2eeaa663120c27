package dev.relay.jdbc.copy;

import dev.relay.core.text.Cut;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table that both databases have.
 *
 * @param name the name in both databases
 * @param columns all columns
 * @param key the columns of the primary key, or of a unique index if there is none
 * @param numbered the column whose values the database gives; empty if there is none
 */
record Table(String name, List<Column> columns, List<String> key, Optional<String> numbered) {
  Table {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** A column and what it holds. */
  record Column(String name, Kind kind) {}

  /** What a column holds. */
  enum Kind {
    NUMBER,
    TEXT,
    BYTES
  }

  /** Returns the columns of the key. */
  List<Column> keyColumns() {
    return key.stream()
        .map(name -> columns.stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(this.name + " has no column " + name)))
        .toList();
  }

  boolean hasBytes() {
    return columns.stream().anyMatch(column -> column.kind() == Kind.BYTES);
  }

  String insert() {
    return "insert into " + name + " (" + names(columns) + ") values (" + places(columns.size())
        + ")";
  }

  /** Returns a query for all rows, in any order. */
  String all() {
    return "select " + names(columns) + " from " + name;
  }

  /** Returns a query for all rows in the order of the key. */
  String inOrder() {
    return all() + " order by " + keyNames();
  }

  /** Returns a query for the rows behind that key, which is its parameters, in the order of the key. */
  String behind() {
    return all() + " where (" + keyNames() + ") > (" + places(key.size()) + ") order by "
        + keyNames();
  }

  /** Returns a query for the greatest key. */
  String last() {
    return "select " + keyNames() + " from " + name + " order by "
        + key.stream().map(it -> quoted(it) + " desc").collect(Collectors.joining(", "))
        + " limit 1";
  }

  String count() {
    return "select count(*) from " + name;
  }

  private String keyNames() {
    return names(keyColumns());
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(it -> quoted(it.name())).collect(Collectors.joining(", "));
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  private static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** The values of a row, or of a key. Texts are as PostgreSQL accepts them. */
  record Row(List<Column> columns, List<Optional<Object>> values) {
    private static final int NUMBER_BYTES = 1 + Long.BYTES;

    static Row read(List<Column> columns, ResultSet rows) throws SQLException {
      List<Optional<Object>> values = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        values.add(Optional.ofNullable(value(columns.get(i), rows, i + 1)));
      }
      return new Row(columns, values);
    }

    private static @Nullable Object value(Column column, ResultSet rows, int place)
        throws SQLException {
      return switch (column.kind()) {
        case NUMBER -> {
          long number = rows.getLong(place);
          yield rows.wasNull() ? null : number;
        }
        case TEXT -> {
          String text = rows.getString(place);
          yield text == null ? null : Cut.wellFormed(text);
        }
        case BYTES -> rows.getBytes(place);
      };
    }

    void bind(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < columns.size(); i++) {
        Object value = values.get(i).orElse(null);
        int place = i + 1;
        if (value instanceof Long number) {
          statement.setLong(place, number);
        } else if (value instanceof String text) {
          statement.setString(place, text);
        } else if (value instanceof byte[] bytes) {
          statement.setBytes(place, bytes);
        } else {
          statement.setNull(
              place,
              switch (columns.get(i).kind()) {
                case NUMBER -> Types.BIGINT;
                case TEXT -> Types.VARCHAR;
                case BYTES -> Types.BINARY;
              });
        }
      }
    }

    /** Returns about how much memory the row needs, in bytes. */
    long size() {
      long size = 0;
      for (Optional<Object> value : values) {
        size += value.map(Row::size).orElse(1L);
      }
      return size;
    }

    private static long size(Object value) {
      if (value instanceof String text) {
        return 2L * text.length();
      }
      return value instanceof byte[] bytes ? bytes.length : NUMBER_BYTES;
    }

    /**
     * Adds the values to a digest in a form that does not depend on the database: for each column a byte that says what follows, then nothing
     * for null, eight bytes for a number, and the length and the bytes of a text in UTF-8 or of a content.
     */
    void addTo(MessageDigest digest) {
      for (Optional<Object> value : values) {
        if (value.isEmpty()) {
          digest.update((byte) 0);
        } else if (value.get() instanceof Long number) {
          digest.update(
              ByteBuffer.allocate(NUMBER_BYTES).put((byte) 1).putLong(number).flip());
        } else if (value.get() instanceof String text) {
          add(digest, (byte) 2, text.getBytes(StandardCharsets.UTF_8));
        } else if (value.get() instanceof byte[] bytes) {
          add(digest, (byte) 3, bytes);
        }
      }
    }

    private static void add(MessageDigest digest, byte kind, byte[] bytes) {
      digest.update(
          ByteBuffer.allocate(1 + Integer.BYTES).put(kind).putInt(bytes.length).flip());
      digest.update(bytes);
    }
  }
}
