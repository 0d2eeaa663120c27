package dev.relay.jdbc;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Queries.Backlog;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table {@code lane}: queries, appending and claiming. */
final class LaneTable {
  private static final String SELECT = "select conv_id, destination, port, last_seq, done_seq,"
      + " ready_at, epoch, attempts, last_error, parked_at from lane where ";
  private static final String BY_KEY = SELECT + "conv_id = ? and destination = ?";
  private static final String OF_CONVERSATION = SELECT + "conv_id = ? order by destination";
  private static final String PARKED =
      SELECT + "parked_at is not null order by conv_id, destination limit ?";
  private static final String PARKED_AFTER = SELECT + "parked_at is not null"
      + " and (conv_id, destination) > (?, ?) order by conv_id, destination limit ?";
  private static final String ANY_PARKED = "select 1 from lane where parked_at is not null limit 1";
  private static final String PARKED_AT = SELECT + "parked_at is not null"
      + " and conv_id in (select c.id from conversation c where c.channel = ? and c.address_key = ?)"
      + " order by conv_id desc, destination limit ?";
  /**
   * Matches a lane {@code l} that does not have to wait for a lane to the same customer of an older conversation. Older conversations
   * at the address are found by its index, and their lanes by their keys.
   */
  private static final String FIRST_OF_CUSTOMER = " and (l.destination <> 1 or not exists"
      + " (select 1 from conversation c join conversation o on o.channel = c.channel"
      + " and o.address_key = c.address_key and o.id < c.id"
      + " join lane p on p.conv_id = o.id and p.destination = 1"
      + " where c.id = l.conv_id and p.ready_at is not null))";

  /**
   * Matches a lane {@code l} whose address has no other lane of the same port and destination that is held, or due before it. Lanes to
   * customers have a stricter rule. Six parameters: now and the farthest time that a lane waits until, alternately.
   */
  private static final String SHARE_OF_ADDRESS = " and (l.destination not in (2, 3) or not exists"
      + " (select 1 from conversation c join conversation o on o.channel = c.channel"
      + " and o.address_key = c.address_key and o.id <> c.id"
      + " join lane p on p.conv_id = o.id and p.destination = l.destination and p.port = l.port"
      + " where c.id = l.conv_id and p.ready_at is not null"
      + " and ((p.owner is not null and p.ready_at > ? and p.ready_at <= ?)"
      + " or ((p.ready_at <= ? or p.ready_at > ?)"
      + " and (p.ready_at > ?, p.ready_at, p.conv_id) < (l.ready_at > ?, l.ready_at, l.conv_id)))))";

  private static final String NEXT_DUE = "select l.ready_at from lane l where l.port = ?"
      + " and l.ready_at is not null" + FIRST_OF_CUSTOMER + " order by l.ready_at limit 1";
  private static final String ANY_AHEAD = "select 1 from lane l where l.port = ?"
      + " and l.ready_at > ?" + FIRST_OF_CUSTOMER + " limit 1";
  private static final String WAITING = "select port, sum(last_seq - done_seq), min(head_at)"
      + " from lane where ready_at is not null group by port";
  private static final String COUNT_PARKED =
      "select port, count(*) from lane where parked_at is not null group by port";
  private static final String COUNT_ALL_PARKED =
      "select count(*) from lane where parked_at is not null";

  /** Matches a lane in whose place another port now delivers, and which no owner holds. */
  private static final String PASSES_ON = " lane.port <> excluded.port and lane.owner is null";

  /** Comparing the counters within the row loses no wake-up; checking another table for a backlog would. */
  private static final String APPEND = "insert into lane (conv_id, destination, port, last_seq,"
      + " done_seq, ready_at, head_at, epoch, in_doubt, attempts)"
      + " values (?, ?, ?, 1, 0, ?, ?, 0, 0, 0)"
      + " on conflict (conv_id, destination) do update set port = excluded.port,"
      + " attempts = case when" + PASSES_ON + " then 0 else lane.attempts end,"
      + " last_error = case when" + PASSES_ON + " then null else lane.last_error end,"
      + " parked_at = case when" + PASSES_ON + " then null else lane.parked_at end,"
      + " last_seq = lane.last_seq + 1,"
      + " head_at = case when lane.last_seq = lane.done_seq then excluded.head_at"
      + " else lane.head_at end,"
      + " ready_at = case when" + PASSES_ON + " then excluded.ready_at when lane.parked_at is null"
      + " then coalesce(lane.ready_at, excluded.ready_at) end"
      + " returning last_seq";

  /**
   * Adds a place to a lane with a backlog, which changes nothing else: the lane is due, waits, or is parked already. It leaves the indexes
   * alone, of which {@link #APPEND} writes two pages although it sets the values that they have.
   */
  private static final String APPEND_TO_BUSY = "update lane set last_seq = last_seq + 1"
      + " where conv_id = ? and destination = ? and port = ? and last_seq > done_seq"
      + " and (ready_at is not null or parked_at is not null) returning last_seq";

  /** Also finds a lane whose head has no row, which would otherwise never be claimed and never be seen. */
  private static final String DUE = "select l.epoch, l.attempts, l.in_doubt, l.owner, l.conv_id,"
      + " l.destination, l.done_seq, l.ready_at, " + MessageTable.COLUMNS
      + " from lane l left join message m on m.conv_id = l.conv_id"
      + " and m.destination = l.destination and m.seq = l.done_seq + 1 and m.destination <> 0"
      + " where l.port = ? and l.ready_at ";

  private static final String IN_ORDER = FIRST_OF_CUSTOMER + SHARE_OF_ADDRESS
      + " order by l.ready_at, l.conv_id, l.destination limit ?";
  private static final String CLAIM = "update lane set ready_at = ?, epoch = epoch + 1, owner = ?,"
      + " in_doubt = ? where conv_id = ? and destination = ?";

  private static final String END_LEASES =
      "update lane set ready_at = ? where owner is not null and ready_at > ?";

  private final Session session;
  private final Remembered remembered;

  LaneTable(Session session, Remembered remembered) {
    this.session = session;
    this.remembered = remembered;
  }

  Optional<Lane> find(LaneKey key) {
    return session.first(
        BY_KEY, LaneTable::read, key.conversation().value(), key.destination().code());
  }

  /** Makes held lanes due; the next claim marks them as in doubt. */
  int endLeases(Instant now) {
    return session.update(END_LEASES, now, now);
  }

  List<Lane> of(ConversationId conversation) {
    return session.list(OF_CONVERSATION, LaneTable::read, conversation.value());
  }

  List<Lane> parked(Optional<LaneKey> after, int limit) {
    if (after.isEmpty()) {
      return session.list(PARKED, LaneTable::read, Sql.bounded(limit));
    }
    LaneKey last = after.get();
    return session.list(
        PARKED_AFTER,
        LaneTable::read,
        last.conversation().value(),
        last.destination().code(),
        Sql.bounded(limit));
  }

  long countParked() {
    return session.first(COUNT_ALL_PARKED, row -> row.getLong(1)).orElse(0L);
  }

  List<Lane> parked(PortId port, String reason, Optional<LaneKey> after, int limit) {
    return session.list(
        parkedFor(session.sql()),
        LaneTable::read,
        port.value(),
        reason,
        after.map(it -> it.conversation().value()).orElse(-1L),
        after.map(it -> it.destination().code()).orElse(0),
        Sql.bounded(limit));
  }

  private static String parkedFor(SqlParts sql) {
    return SELECT + "parked_at is not null and port = ? and " + sql.contains("last_error")
        + " and (conv_id, destination) > (?, ?) order by conv_id, destination limit ?";
  }

  List<Lane> parkedAt(CustomerAddress address, int limit) {
    if (remembered.isAnyParked().isEmpty()) {
      remembered.isAnyParked(session.first(ANY_PARKED, row -> true).isPresent());
    }
    if (remembered.isAnyParked().equals(Optional.of(false))) {
      return List.of();
    }
    return session.list(
        PARKED_AT, LaneTable::read, address.channel().value(), address.key(), Sql.bounded(limit));
  }

  Optional<Instant> nextDue(PortId port, Instant now) {
    Optional<Instant> next = session.first(NEXT_DUE, row -> Columns.time(row, 1), port.value());
    if (next.isEmpty() || !next.get().isAfter(now)) {
      return next;
    }
    Instant ahead = now.plus(Lane.LONGEST_WAIT);
    return session.first(ANY_AHEAD, row -> now, port.value(), ahead).or(() -> next);
  }

  List<Backlog> backlogs() {
    Map<String, Backlog> byPort = new TreeMap<>();
    session
        .list(
            WAITING,
            row -> new Backlog(
                new PortId(row.getString(1)), row.getLong(2), Columns.optionalTime(row, 3), 0))
        .forEach(each -> byPort.put(each.port().value(), each));
    session
        .list(
            COUNT_PARKED,
            row -> new Backlog(new PortId(row.getString(1)), 0, Optional.empty(), row.getLong(2)))
        .forEach(each -> byPort.merge(
            each.port().value(),
            each,
            (waiting, parked) ->
                new Backlog(each.port(), waiting.entries(), waiting.oldest(), parked.parked())));
    return new ArrayList<>(byPort.values());
  }

  /** Adds a place at the end of a lane; returns its sequence number. */
  long append(LaneKey lane, PortId port, Instant at) {
    if (remembered.isProbablyBusy(lane, port)) {
      Optional<Long> place = session.first(
          APPEND_TO_BUSY,
          row -> row.getLong(1),
          lane.conversation().value(),
          lane.destination().code(),
          port.value());
      if (place.isPresent()) {
        return place.get();
      }
    }
    remembered.isBusy(lane, port);
    return session
        .first(
            APPEND,
            row -> row.getLong(1),
            lane.conversation().value(),
            lane.destination().code(),
            port.value(),
            at,
            at)
        .orElseThrow(
            () -> new StoreException("the database returned no place in its lane for a new entry"));
  }

  List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    Instant ahead = now.plus(Lane.LONGEST_WAIT);
    List<Claim> claims = new ArrayList<>(due("<= ?", now, port, now, ahead, limit));
    if (claims.size() < limit) {
      claims.addAll(due("> ?", ahead, port, now, ahead, limit - claims.size()));
    }
    for (Claim each : claims) {
      session.update(
          CLAIM,
          leaseEnd,
          owner,
          each.inDoubt(),
          each.lane().conversation().value(),
          each.lane().destination().code());
    }
    return claims;
  }

  private List<Claim> due(
      String compared, Instant with, PortId port, Instant now, Instant ahead, int limit) {
    return session.list(
        DUE + compared + IN_ORDER + session.sql().skippingLocked("l"),
        LaneTable::readDue,
        port.value(),
        with,
        now,
        ahead,
        now,
        ahead,
        ahead,
        ahead,
        limit);
  }

  private static Claim readDue(ResultSet row) throws SQLException {
    LaneKey lane =
        new LaneKey(new ConversationId(row.getLong(5)), Destination.ofCode(row.getInt(6)));
    TranscriptEntry head = Columns.optionalLong(row, 9).isPresent()
        ? MessageTable.read(row, 9)
        : MessageTable.missing(lane, row.getLong(7) + 1, Columns.time(row, 8));
    boolean ownerVanished = row.getString(4) != null;
    return new Claim(
        lane, row.getLong(1) + 1, head, row.getInt(2), row.getInt(3) != 0 || ownerVanished);
  }

  private static Lane read(ResultSet row) throws SQLException {
    return new Lane(
        new LaneKey(new ConversationId(row.getLong(1)), Destination.ofCode(row.getInt(2))),
        new PortId(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        Columns.optionalTime(row, 6),
        row.getLong(7),
        row.getInt(8),
        Columns.optionalText(row, 9),
        Columns.optionalTime(row, 10));
  }
}
