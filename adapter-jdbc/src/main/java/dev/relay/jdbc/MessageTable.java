package dev.relay.jdbc;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Rows;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table {@code message}: the transcripts. */
final class MessageTable {
  /** The columns that {@link #read} expects, in its order, of a table with the alias {@code m}. */
  static final String COLUMNS = "m.id, m.conv_id, m.destination, m.seq, m.at, m.kind, m.body,"
      + " m.source_id, m.external_id";

  private static final String SELECT = "select " + COLUMNS + " from message m where ";
  private static final String BY_ID = SELECT + "m.id = ?";
  /** Entries for the customer were written by agents, all others by the customer. */
  private static final String FROM_AGENTS =
      SELECT + "m.conv_id = ? and m.source_id = ? and m.destination = ? order by m.id limit 1";

  private static final String FROM_CUSTOMER =
      SELECT + "m.conv_id = ? and m.source_id = ? and m.destination <> ? order by m.id limit 1";
  private static final String IN_LANE =
      SELECT + "m.conv_id = ? and m.destination = ? and m.seq = ? and m.destination <> 0";
  private static final String AFTER = SELECT + "m.conv_id = ? and m.id > ? order by m.id limit ?";
  private static final String LATEST =
      SELECT + "m.conv_id = ? and m.id <= ? order by m.id desc limit ?";
  private static final String AT_ADDRESS = SELECT + "m.conv_id in (select c.id from conversation c"
      + " where c.channel = ? and c.address_key = ?) and m.id > ? order by m.id limit ?";
  private static final String ATTACH =
      "insert into message_attachment (attachment_id, entry_id) values (?, ?) on conflict do nothing";
  /**
   * The number in the JSON is the expression of the index {@code message_deleted}. Without the sign in {@code +m.id} SQLite would convert
   * it and not use the index.
   */
  static String isShown(SqlParts sql) {
    return "select 1 from message_attachment a"
        + " join message m on m.id = a.entry_id join conversation c on c.id = m.conv_id"
        + " where a.attachment_id = ? and c.channel = ? and c.address_key = ?"
        + " and not exists (select 1 from message d where d.kind = 'deleted' and "
        + sql.jsonNumber("d.body", "target") + " = +m.id) limit 1";
  }

  private static final String INSERT = "insert into message"
      + " (conv_id, destination, seq, at, kind, body, source_id) values (?, ?, ?, ?, ?, ?, ?)"
      + " returning id";
  private static final Rows INSERT_ALL = new Rows(
      "message",
      "insert into message (id, conv_id, destination, seq, at, kind, body, source_id) values ",
      "(?, ?, ?, ?, ?, ?, ?, ?)",
      "",
      true);
  private static final String LAST = "select coalesce(max(id), 0) from message";
  private static final String DELIVERED = "update message set external_id = ?"
      + " where conv_id = ? and destination = ? and seq = ? and destination <> 0";

  private final Session session;
  private final Remembered remembered;

  MessageTable(Session session, Remembered remembered) {
    this.session = session;
    this.remembered = remembered;
  }

  Optional<TranscriptEntry> find(EntryId id) {
    return session.first(BY_ID, row -> read(row, 1), id.value());
  }

  Optional<TranscriptEntry> bySource(ConversationId conversation, Side side, String sourceId) {
    return session.first(
        side == Side.AGENTS ? FROM_AGENTS : FROM_CUSTOMER,
        row -> read(row, 1),
        conversation.value(),
        sourceId,
        Destination.CUSTOMER.code());
  }

  Optional<TranscriptEntry> inLane(LaneKey lane, long sequence) {
    return session.first(
        IN_LANE,
        row -> read(row, 1),
        lane.conversation().value(),
        lane.destination().code(),
        sequence);
  }

  List<TranscriptEntry> after(ConversationId conversation, EntryId after, int limit) {
    return session.list(
        AFTER, row -> read(row, 1), conversation.value(), after.value(), Sql.bounded(limit));
  }

  List<TranscriptEntry> latest(ConversationId conversation, EntryId upTo, int limit) {
    List<TranscriptEntry> entries = new ArrayList<>(session.list(
        LATEST, row -> read(row, 1), conversation.value(), upTo.value(), Sql.bounded(limit)));
    Collections.reverse(entries);
    return entries;
  }

  List<TranscriptEntry> atAddress(CustomerAddress address, EntryId after, int limit) {
    return session.list(
        AT_ADDRESS,
        row -> read(row, 1),
        address.channel().value(),
        address.key(),
        after.value(),
        Sql.bounded(limit));
  }

  TranscriptEntry insert(
      ConversationId conversation,
      Destination destination,
      long sequence,
      Instant at,
      EntryContent content,
      Optional<String> sourceId) {
    Object[] values = {
      conversation.value(),
      destination.code(),
      sequence,
      at,
      ContentCodec.kind(content),
      ContentCodec.body(content),
      sourceId
    };
    long id = session.sql().numbersEntriesByGreatest() ? insertLater(values) : insert(values);
    return new TranscriptEntry(
        new EntryId(id),
        conversation,
        destination,
        sequence,
        at,
        content,
        sourceId,
        Optional.empty());
  }

  private long insert(Object[] values) {
    return session
        .first(INSERT, row -> row.getLong(1), values)
        .orElseThrow(() -> new StoreException("the database returned no id for a new entry"));
  }

  private long insertLater(Object[] values) {
    long last = remembered
        .lastEntry()
        .orElseGet(() -> session.first(LAST, row -> row.getLong(1)).orElseThrow());
    long id = last + 1;
    remembered.lastEntry(id);
    session.later(
        INSERT_ALL, id, Stream.concat(Stream.of(id), Arrays.stream(values)).toArray());
    return id;
  }

  void attach(String attachment, EntryId entry) {
    session.update(ATTACH, attachment, entry.value());
  }

  boolean isShown(String attachment, CustomerAddress address) {
    return session
        .first(
            isShown(session.sql()),
            row -> true,
            attachment,
            address.channel().value(),
            address.key())
        .isPresent();
  }

  void delivered(LaneKey lane, long sequence, String externalId) {
    session.update(
        DELIVERED, externalId, lane.conversation().value(), lane.destination().code(), sequence);
  }

  /**
   * Returns a stand-in for an entry whose row is missing, so that its lane is parked and shown like one with an unreadable entry. It has
   * the id 0, which no stored entry has.
   *
   * @param at the time of the stand-in, as the time of the entry is lost
   */
  static TranscriptEntry missing(LaneKey lane, long sequence, Instant at) {
    return new TranscriptEntry(
        new EntryId(0),
        lane.conversation(),
        lane.destination(),
        sequence,
        at,
        new EntryContent.Unreadable("its row is missing"),
        Optional.empty(),
        Optional.empty());
  }

  /** Reads an entry whose columns begin at that index. */
  static TranscriptEntry read(ResultSet row, int first) throws SQLException {
    return new TranscriptEntry(
        new EntryId(row.getLong(first)),
        new ConversationId(row.getLong(first + 1)),
        Destination.ofCode(row.getInt(first + 2)),
        row.getLong(first + 3),
        Columns.time(row, first + 4),
        ContentCodec.read(row.getString(first + 5), row.getString(first + 6)),
        Columns.optionalText(row, first + 7),
        Columns.optionalText(row, first + 8));
  }
}
