package dev.relay.jdbc;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Store;
import dev.relay.testkit.StoreContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The tests of a server's one database run one after the other. */
@ResourceLock(PostgresDatabase.LOCK)
class PostgresContractTest extends StoreContract {

  @Override
  protected Store open() {
    return open(PostgresDatabase.emptied());
  }

  private static Store open(String url) {
    return JdbcStore.open(url, InstantSource.system(), new Random(1));
  }

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
    PostgresDatabase.execute(
        PostgresDatabase.url(),
        "update message set kind = 'said_v2' where id = " + entry.id().value());
    return entry;
  }

  @Override
  protected Store reopen(Store store) {
    store.close();
    return open(PostgresDatabase.url());
  }
}
