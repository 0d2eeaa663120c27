package dev.relay.jdbc;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Store;
import dev.relay.testkit.StoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/** The contract of stores, with what is the same for every database. */
abstract class JdbcContract extends StoreContract {

  /** Returns the JDBC address of the database that is open. */
  abstract String url();

  @Override
  protected void index(Store store) {
    ((JdbcStore) store).indexWords();
  }

  /** Appends a message and gives it a kind that only a newer Relay can know. */
  @Override
  protected TranscriptEntry appendUnreadable(
      Store store, ConversationId conversation, Destination destination, PortId port) {
    TranscriptEntry entry = store.write(transaction -> transaction.append(
        conversation,
        destination,
        Optional.of(port),
        new EntryContent.ConversationEnded("later"),
        Optional.empty(),
        Instant.parse("2026-11-22T12:00:00Z")));
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update message set kind = 'said_v2' where id = " + entry.id().value());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return entry;
  }
}
