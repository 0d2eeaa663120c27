package dev.relay.jdbc;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Rows;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code seen}: the events that have been applied. */
final class SeenTable {
  private static final String FIND =
      "select conv_id, entry_id, case_number from seen where source = ? and key = ?";
  private static final Rows FIND_ALL = new Rows(
      "seen",
      "select wanted.column1, s.conv_id, s.entry_id, s.case_number from (values ",
      "(cast(? as bigint), cast(? as text), cast(? as text))",
      ") as wanted cross join seen s where s.source = wanted.column2 and s.key = wanted.column3",
      false);
  private static final Rows MARK = new Rows(
      "seen",
      "insert into seen (source, key, at, conv_id, entry_id, case_number) values ",
      "(?, ?, ?, ?, ?, ?)",
      " on conflict (source, key) do nothing",
      true);
  private static final String FORGET = "delete from seen where (source, key) in"
      + " (select source, key from seen where at < ? order by at limit ?)";

  private final Session session;
  private final Remembered remembered;

  SeenTable(Session session, Remembered remembered) {
    this.session = session;
    this.remembered = remembered;
  }

  Optional<Receipt> find(EventKey key) {
    Optional<Optional<Receipt>> known = remembered.receipt(key);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Receipt> found = session.first(FIND, row -> read(row, 1), key.source(), key.key());
    remembered.receipt(key, found);
    return found;
  }

  /** Looks events up for the rest of the transaction. */
  void prefetch(Collection<EventKey> keys) {
    List<EventKey> wanted = List.copyOf(keys);
    List<Object[]> rows = new ArrayList<>();
    for (int place = 0; place < wanted.size(); place++) {
      rows.add(
          new Object[] {place, wanted.get(place).source(), wanted.get(place).key()});
    }
    wanted.forEach(key -> remembered.receipt(key, Optional.empty()));
    session
        .lookUp(FIND_ALL, row -> Map.entry(wanted.get(row.getInt(1)), read(row, 2)), rows)
        .forEach(found -> remembered.receipt(found.getKey(), Optional.of(found.getValue())));
  }

  private static Receipt read(ResultSet row, int first) throws SQLException {
    return new Receipt(
        new ConversationId(row.getLong(first)),
        Columns.optionalLong(row, first + 1).map(EntryId::new),
        Columns.optionalLong(row, first + 2).map(CaseNumber::new));
  }

  boolean mark(EventKey key, Receipt receipt, Instant at) {
    if (find(key).isPresent()) {
      return false;
    }
    remembered.receipt(key, Optional.of(receipt));
    session.later(
        MARK,
        key,
        key.source(),
        key.key(),
        at,
        receipt.conversation().value(),
        receipt.entry().map(EntryId::value),
        receipt.supportCase().map(CaseNumber::value));
    return true;
  }

  int forget(Instant before, int limit) {
    remembered.forgetReceipts();
    return session.update(FORGET, before, Math.max(0, limit));
  }
}
