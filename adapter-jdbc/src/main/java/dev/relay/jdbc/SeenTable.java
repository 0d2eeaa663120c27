package dev.relay.jdbc;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.time.Instant;
import java.util.Optional;

/** The table {@code seen}: the events that have been applied. */
final class SeenTable {
  private static final String FIND =
      "select conv_id, entry_id, case_number from seen where source = ? and key = ?";
  private static final String MARK = "insert into seen"
      + " (source, key, at, conv_id, entry_id, case_number) values (?, ?, ?, ?, ?, ?)"
      + " on conflict (source, key) do nothing";
  private static final String FORGET = "delete from seen where (source, key) in"
      + " (select source, key from seen where at < ? order by at limit ?)";

  private final Session session;

  SeenTable(Session session) {
    this.session = session;
  }

  Optional<Receipt> find(EventKey key) {
    return session.first(
        FIND,
        row -> new Receipt(
            new ConversationId(row.getLong(1)),
            Columns.optionalLong(row, 2).map(EntryId::new),
            Columns.optionalLong(row, 3).map(CaseNumber::new)),
        key.source(),
        key.key());
  }

  boolean mark(EventKey key, Receipt receipt, Instant at) {
    return session.update(
            MARK,
            key.source(),
            key.key(),
            at,
            receipt.conversation().value(),
            receipt.entry().map(EntryId::value),
            receipt.supportCase().map(CaseNumber::value))
        > 0;
  }

  int forget(Instant before, int limit) {
    return session.update(FORGET, before, Math.max(0, limit));
  }
}
