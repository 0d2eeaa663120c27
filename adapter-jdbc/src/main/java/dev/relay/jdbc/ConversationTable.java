package dev.relay.jdbc;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.core.store.StoreException;
import dev.relay.core.team.Team;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Rows;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The tables {@code conversation} and {@code channel_position}. */
final class ConversationTable {
  private static final Instant BEFORE_EVERY_TURN = Instant.parse("0001-01-01T00:00:00Z");
  private static final String SELECT =
      "select " + ConversationCodec.COLUMNS + " from conversation where ";
  private static final String BY_ID = SELECT + "id = ?";
  private static final String ACTIVE =
      SELECT + "channel = ? and address_key = ? and state <> 'CLOSED'";
  private static final Rows ALL_ACTIVE = new Rows(
      "conversation",
      "select " + ConversationCodec.COLUMNS + " from (values ",
      "(cast(? as text), cast(? as text))",
      ") as wanted cross join conversation c where c.channel = wanted.column1"
          + " and c.address_key = wanted.column2 and c.state <> 'CLOSED'",
      false);
  private static final Rows ALL_OF_IDS = new Rows(
      "conversation",
      "select " + ConversationCodec.COLUMNS + " from (values ",
      "(cast(? as bigint))",
      ") as wanted cross join conversation c where c.id = wanted.column1",
      false);
  private static final String LATEST =
      SELECT + "channel = ? and address_key = ? and id < ? order by id desc limit 1";
  private static final String INSERT = "insert into conversation (id, channel, address_key,"
      + " customer_id, state, queue, waiting_since, agent_id, offered_to, team, opened_at, wake_at, version, data)"
      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)";
  private static final String OF_VERSION =
      " version = version + 1, data = ? where id = ? and version = ?";

  private static final String UPDATE = "update conversation set channel = ?, address_key = ?,"
      + " customer_id = ?, state = ?, queue = ?, waiting_since = ?, agent_id = ?, offered_to = ?, team = ?, opened_at = ?,"
      + " wake_at = ?," + OF_VERSION;
  /** A column that is set costs its index two pages, even if it is set to the value that it has. */
  private static final String UPDATE_TIMER = "update conversation set wake_at = ?," + OF_VERSION;

  private static final Rows UPDATE_DATA = new Rows(
      "conversation",
      "update conversation set version = wanted.column3, data = wanted.column4 from (values ",
      "(cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as text))",
      ") as wanted where conversation.id = wanted.column1 and conversation.version = wanted.column2",
      true);
  private static final String COUNT_OPEN = "select state, count(*) from conversation"
      + " where state in ('BOT', 'WAITING', 'LIVE') group by state";
  private static final String WAITING =
      SELECT + "waiting_since >= ?" + " and (waiting_since > ? or id > ?)";
  private static final String COUNT_BY_QUEUE = "select team, state, count(*) from conversation"
      + " where state in ('BOT', 'WAITING', 'LIVE') group by state, team";
  private static final String COUNT_LIVE = "select agent_id, count(*) from conversation"
      + " where agent_id is not null group by agent_id";
  private static final String COUNT_OFFERED = "select offered_to, count(*) from conversation"
      + " where offered_to is not null group by offered_to";
  /** With the order of the plain id, SQLite would read conversations by their ids until it has found enough that are offered. */
  private static final String OFFERED = SELECT + "offered_to is not null order by +id limit ?";

  private static final String COUNT_WAITING =
      "select count(*) from conversation where queue = ? and id <> ?";
  private static final String PLACE =
      "select queue, waiting_since from conversation" + " where id = ? and queue is not null";
  private static final String COUNT_BEFORE = "select count(*) from conversation where queue = ?"
      + " and (waiting_since < ? or (waiting_since = ? and id < ?))";
  private static final String COUNT_EARLIER = COUNT_BEFORE + " and id <> ?";
  private static final String DUE =
      "select id from conversation where wake_at <= ?" + " order by wake_at, id limit ?";
  private static final String AHEAD =
      "select id from conversation where wake_at > ? order by wake_at desc, id desc limit ?";
  private static final String NEXT_TIMER =
      "select wake_at from conversation" + " where wake_at is not null order by wake_at limit 1";
  static final String POSITION =
      "select position from channel_position where channel = ? and address_key = ?";
  private static final String IS_OPEN = "exists (select 1 from conversation c"
      + " where c.channel = p.channel and c.address_key = p.address_key and c.state <> 'CLOSED')";
  /** Begins with the open conversations, which are few beside all that there ever were; without statistics SQLite reads all of them. */
  static String positions(SqlParts sql) {
    return "select c.address_key, p.position from conversation c"
        + sql.indexedBy("conversation_active")
        + " cross join channel_position p"
        + " where c.channel = ? and c.state <> 'CLOSED'"
        + " and p.channel = c.channel and p.address_key = c.address_key order by c.address_key";
  }

  private static final String RECENT_POSITIONS =
      "select p.address_key, p.position from channel_position p where p.channel = ? and not "
          + IS_OPEN + " order by p.saved_at desc, p.address_key limit ?";
  private static final String SAVE_POSITION = "insert into channel_position"
      + " (channel, address_key, position, saved_at) values (?, ?, ?, ?)"
      + " on conflict (channel, address_key)"
      + " do update set position = excluded.position, saved_at = excluded.saved_at";

  private final Session session;
  private final ReadableRows readable;
  private final Remembered remembered;

  ConversationTable(Session session, ReadableRows readable, Remembered remembered) {
    this.session = session;
    this.readable = readable;
    this.remembered = remembered;
  }

  Optional<Conversation> find(ConversationId id) {
    return remembered
        .conversation(id)
        .or(() ->
            session.first(BY_ID, ConversationCodec::read, id.value()).map(remembered::remember));
  }

  Optional<Conversation> active(CustomerAddress address) {
    return remembered
        .active(address)
        .or(() -> session
            .first(ACTIVE, ConversationCodec::read, address.channel().value(), address.key())
            .map(remembered::remember));
  }

  /** Looks up conversations that are not remembered yet. */
  void prefetch(Collection<CustomerAddress> addresses, Collection<ConversationId> ids) {
    remember(session.lookUp(
        ALL_ACTIVE,
        readable.each(ConversationCodec::read),
        addresses.stream()
            .filter(it -> remembered.active(it).isEmpty())
            .map(it -> new Object[] {it.channel().value(), it.key()})
            .toList()));
    remember(session.lookUp(
        ALL_OF_IDS,
        readable.each(ConversationCodec::read),
        ids.stream()
            .filter(it -> remembered.conversation(it).isEmpty())
            .map(it -> new Object[] {it.value()})
            .toList()));
  }

  private void remember(List<Optional<Conversation>> found) {
    found.stream().flatMap(Optional::stream).forEach(remembered::remember);
  }

  Optional<Conversation> latest(CustomerAddress address, Optional<ConversationId> before) {
    return session.first(
        LATEST,
        ConversationCodec::read,
        address.channel().value(),
        address.key(),
        before.map(ConversationId::value).orElse(Long.MAX_VALUE));
  }

  Conversation save(Conversation conversation) {
    Columned columns = Columned.of(conversation);
    long id = conversation.id().value();
    String data = ConversationCodec.data(conversation);
    Optional<Instant> wakeAt = conversation.wakeAt();
    if (conversation.isNew()) {
      session.update(
          INSERT,
          id,
          columns.address().channel().value(),
          columns.address().key(),
          columns.customer(),
          columns.state(),
          columns.queue(),
          columns.since(),
          columns.agent(),
          columns.offeredTo(),
          columns.team(),
          columns.openedAt(),
          wakeAt,
          data);
    } else if (replace(conversation, columns, data) == 0) {
      throw new StoreException("conversation " + id + " does not have version "
          + conversation.version() + " in the store");
    }
    return remembered.remember(conversation.withVersion(conversation.version() + 1));
  }

  /** Replaces a version of a conversation, of which it sets only the columns that differ if that version is known; returns 1 or 0. */
  private int replace(Conversation conversation, Columned columns, String data) {
    long id = conversation.id().value();
    long version = conversation.version();
    Optional<Instant> wakeAt = conversation.wakeAt();
    Optional<Conversation> before = remembered
        .conversation(conversation.id())
        .filter(it -> it.version() == version && Columned.of(it).equals(columns));
    if (before.isEmpty()) {
      return session.update(
          UPDATE,
          columns.address().channel().value(),
          columns.address().key(),
          columns.customer(),
          columns.state(),
          columns.queue(),
          columns.since(),
          columns.agent(),
          columns.offeredTo(),
          columns.team(),
          columns.openedAt(),
          wakeAt,
          data,
          id,
          version);
    }
    if (!before.get().wakeAt().equals(wakeAt)) {
      return session.update(UPDATE_TIMER, wakeAt, data, id, version);
    }
    session.later(UPDATE_DATA, id, id, version, version + 1, data);
    return 1;
  }

  /** The columns of a conversation that seldom change: all but the timer and the data. */
  private record Columned(
      CustomerAddress address,
      long customer,
      String state,
      Optional<String> queue,
      Optional<Instant> since,
      Optional<String> agent,
      Optional<String> offeredTo,
      String team,
      Instant openedAt) {

    private static Columned of(Conversation conversation) {
      Handling handling = conversation.handling();
      Optional<Handling.Waiting> waiting =
          handling instanceof Handling.Waiting is ? Optional.of(is) : Optional.empty();
      Optional<String> agent = handling instanceof Handling.Live live
          ? Optional.of(live.agent().id())
          : Optional.empty();
      return new Columned(
          conversation.address(),
          conversation.customer().value(),
          conversation.state().name(),
          waiting.map(it -> it.queue().value()),
          waiting.map(Handling.Waiting::turn),
          agent,
          waiting.flatMap(it -> it.offering().current()).map(Team.Offering.Offer::agent),
          conversation.queue().value(),
          conversation.openedAt());
    }
  }

  List<Conversation> search(ConversationFilter filter, Optional<ConversationId> after, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append("1 = 1");
    List<Object> parameters = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      sql.append(" and state in (").append(Sql.places(filter.states().size())).append(')');
      filter.states().stream().sorted().forEach(state -> parameters.add(state.name()));
    }
    filter.agentId().ifPresent(agent -> {
      sql.append(" and agent_id = ?");
      parameters.add(agent);
    });
    filter.customer().ifPresent(customer -> {
      sql.append(" and ").append(CustomerTable.OF_SAME);
      parameters.addAll(CustomerTable.same(customer));
    });
    Sql.within(filter.scope(), "agent_id", sql, parameters);
    after.ifPresent(id -> {
      sql.append(filter.newestFirst() ? " and id < ?" : " and id > ?");
      parameters.add(id.value());
    });
    sql.append(filter.newestFirst() ? " order by id desc" : " order by id").append(" limit ?");
    return readable.list(
        session, sql.toString(), ConversationCodec::read, Sql.bounded(limit), parameters.toArray());
  }

  List<Conversation> waiting(Team.Scope scope, Optional<WaitingPlace> after, int limit) {
    Instant since = after.map(WaitingPlace::turn).orElse(BEFORE_EVERY_TURN);
    long id = after.map(place -> place.conversation().value()).orElse(0L);
    List<Object> parameters = new ArrayList<>(List.of(since, since, id));
    StringBuilder sql = new StringBuilder(WAITING);
    Sql.within(scope, "agent_id", sql, parameters);
    sql.append(" order by waiting_since, id limit ?");
    return readable.list(
        session, sql.toString(), ConversationCodec::read, Sql.bounded(limit), parameters.toArray());
  }

  Map<QueueName, Map<ConversationState, Long>> countByQueue() {
    Map<QueueName, Map<ConversationState, Long>> counts = new HashMap<>();
    session.list(
        COUNT_BY_QUEUE,
        row -> counts
            .computeIfAbsent(
                new QueueName(row.getString(1)), queue -> new EnumMap<>(ConversationState.class))
            .put(ConversationState.valueOf(row.getString(2)), row.getLong(3)));
    return counts;
  }

  Map<ConversationState, Long> countOpen() {
    Map<ConversationState, Long> counts = new EnumMap<>(ConversationState.class);
    for (ConversationState each : ConversationState.values()) {
      if (each != ConversationState.CLOSED) {
        counts.put(each, 0L);
      }
    }
    session.list(
        COUNT_OPEN, row -> counts.put(ConversationState.valueOf(row.getString(1)), row.getLong(2)));
    return counts;
  }

  Map<String, Long> countLive() {
    Map<String, Long> counts = new TreeMap<>();
    session.list(COUNT_LIVE, row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  /** Returns the number of live conversations and of offers of each live agent. */
  Map<String, Long> countLoad() {
    Map<String, Long> counts = countLive();
    session.list(COUNT_OFFERED, row -> counts.merge(row.getString(1), row.getLong(2), Long::sum));
    return counts;
  }

  List<Conversation> offered(int limit) {
    return readable.list(session, OFFERED, ConversationCodec::read, Sql.bounded(limit));
  }

  List<Conversation> unoffered(Set<QueueName> queues, int limit) {
    if (queues.isEmpty()) {
      return List.of();
    }
    List<Object> parameters = new ArrayList<>();
    queues.stream().map(QueueName::value).sorted().forEach(parameters::add);
    return readable.list(
        session,
        SELECT + "queue in (" + Sql.places(queues.size())
            + ") and offered_to is null order by waiting_since, id limit ?",
        ConversationCodec::read,
        Sql.bounded(limit),
        parameters.toArray());
  }

  int countWaiting(QueueName queue, ConversationId except) {
    return session
        .first(COUNT_WAITING, row -> row.getInt(1), queue.value(), except.value())
        .orElse(0);
  }

  int countWaitingBefore(QueueName queue, Instant turn, ConversationId waiting) {
    long id = waiting.value();
    return session
        .first(COUNT_EARLIER, row -> row.getInt(1), queue.value(), turn, turn, id, id)
        .orElse(0);
  }

  Optional<Integer> queuePosition(ConversationId waiting) {
    record Place(String queue, long since) {}
    Optional<Place> place =
        session.first(PLACE, row -> new Place(row.getString(1), row.getLong(2)), waiting.value());
    return place.flatMap(it -> session.first(
        COUNT_BEFORE,
        row -> row.getInt(1) + 1,
        it.queue(),
        it.since(),
        it.since(),
        waiting.value()));
  }

  List<ConversationId> due(Instant now, int limit) {
    return session.list(DUE, row -> new ConversationId(row.getLong(1)), now, Sql.bounded(limit));
  }

  List<ConversationId> ahead(Instant after, int limit) {
    return session.list(
        AHEAD, row -> new ConversationId(row.getLong(1)), after, Sql.bounded(limit));
  }

  Optional<Instant> nextTimer() {
    return session.first(NEXT_TIMER, row -> Columns.time(row, 1));
  }

  List<ChannelPosition> positions(PortId channel) {
    List<Optional<ChannelPosition>> positions = new ArrayList<>(
        session.list(positions(session.sql()), row -> readPosition(channel, row), channel.value()));
    positions.addAll(session.list(
        RECENT_POSITIONS,
        row -> readPosition(channel, row),
        channel.value(),
        Queries.RECENT_POSITIONS));
    return positions.stream().flatMap(Optional::stream).toList();
  }

  Optional<String> position(CustomerAddress address) {
    return session.first(
        POSITION, row -> row.getString(1), address.channel().value(), address.key());
  }

  /** Returns a position; empty if its address is not one, as no channel can ask for it. */
  private static Optional<ChannelPosition> readPosition(PortId channel, ResultSet row)
      throws SQLException {
    String key = row.getString(1);
    String position = row.getString(2);
    try {
      return Optional.of(new ChannelPosition(new CustomerAddress(channel, key), position));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void savePosition(CustomerAddress address, String position, Instant at) {
    session.update(SAVE_POSITION, address.channel().value(), address.key(), position, at);
  }
}
