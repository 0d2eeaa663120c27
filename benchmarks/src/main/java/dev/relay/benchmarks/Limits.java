package dev.relay.benchmarks;

import dev.relay.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;

/**
 * What cannot be exceeded on this machine, for {@code beside.sh}: a write of 4 KiB and fdatasync, and a bare loop that inserts by JDBC the rows
 * of acknowledged messages, an entry and a receipt each, into the tables and indexes of a Relay, one or 64 in a transaction. It decides nothing,
 * reads nothing, has one thread and answers nobody.
 */
final class Limits {
  private static final int CONVERSATIONS = 6_400;
  private static final int GROUP = 64;
  /** The text of {@link World}, in the form in which the transcript holds it. */
  private static final String BODY =
      "{\"v\":1,\"by\":{\"role\":\"CUSTOMER\",\"id\":\"u%d\",\"name\":\"Somebody\"},\"text\":\"How do I reset my password? m%d\"}";

  private Limits() {}

  /** Takes the folder for databases, and the seconds of each measurement. */
  public static void main(String[] arguments) throws Exception {
    long millis = 1_000 * Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "limits");
    print("raw", RawDisk.appendsPerSecond(folder, millis));
    Path file = folder.resolve("bare.db");
    JdbcStore.sqlite(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement statement = connection.createStatement()) {
        // As the store sets them: each commit is on the disk when it returns.
        statement.execute("pragma journal_mode = wal");
        statement.execute("pragma synchronous = full");
      }
      connection.setAutoCommit(false);
      Loop loop = new Loop(connection);
      loop.perSecond(GROUP, millis);
      print("bare-1", loop.perSecond(1, millis));
      print("bare-64", loop.perSecond(GROUP, millis));
    }
  }

  private static void print(String name, double perSecond) {
    System.out.printf(Locale.ROOT, "%s %.0f%n", name, perSecond);
  }

  /** Inserts until the time is over. */
  private static final class Loop {
    private final Connection connection;
    private final Random random = new Random(1);
    private long number;

    private Loop(Connection connection) {
      this.connection = connection;
    }

    private double perSecond(int group, long millis) throws SQLException {
      long first = number;
      long begin = System.nanoTime();
      try (PreparedStatement entry = connection.prepareStatement("insert into message"
              + " (conv_id, destination, seq, at, kind, body, source_id) values (?, ?, ?, ?, ?, ?, ?)"
              + " returning id");
          PreparedStatement receipt = connection.prepareStatement("insert into seen"
              + " (source, key, at, conv_id, entry_id) values (?, ?, ?, ?, ?)")) {
        while (System.nanoTime() - begin < millis * 1_000_000) {
          for (int each = 0; each < group; each++) {
            insert(entry, receipt);
          }
          connection.commit();
        }
      }
      return (number - first) * 1e9 / (System.nanoTime() - begin);
    }

    private void insert(PreparedStatement entry, PreparedStatement receipt) throws SQLException {
      number++;
      int conversation = 1 + random.nextInt(CONVERSATIONS);
      entry.setLong(1, conversation);
      entry.setInt(2, 1);
      entry.setLong(3, number);
      entry.setLong(4, number);
      entry.setString(5, "said");
      entry.setString(6, String.format(Locale.ROOT, BODY, conversation, number));
      entry.setString(7, "m" + number);
      long id;
      try (ResultSet row = entry.executeQuery()) {
        row.next();
        id = row.getLong(1);
      }
      receipt.setString(1, "bench");
      receipt.setString(2, "m" + number);
      receipt.setLong(3, number);
      receipt.setLong(4, conversation);
      receipt.setLong(5, id);
      receipt.executeUpdate();
    }
  }
}
