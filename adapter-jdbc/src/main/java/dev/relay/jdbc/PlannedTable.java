package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.message.EntryContent.Announced;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code planned_announcement}. */
final class PlannedTable {
  private static final String SELECT = "select id, data from planned_announcement ";
  private static final String BY_ID = SELECT + "where id = ?";
  private static final String LATEST = SELECT + "order by id desc limit ?";
  private static final String INSERT =
      "insert into planned_announcement (publish_at, data) values (?, ?) returning id";
  private static final String UPDATE =
      "update planned_announcement set publish_at = ?, data = ? where id = ?";
  private static final String DUE = "select id from planned_announcement where publish_at <= ?"
      + " order by publish_at, id limit ?";
  private static final String NEXT = "select publish_at from planned_announcement"
      + " where publish_at is not null order by publish_at limit 1";

  private final Session session;
  private final ReadableRows readable;

  PlannedTable(Session session, ReadableRows readable) {
    this.session = session;
    this.readable = readable;
  }

  Optional<Planned> find(long id) {
    return session.first(BY_ID, PlannedTable::read, id);
  }

  List<Planned> latest(int limit) {
    return readable.list(session, LATEST, PlannedTable::read, Sql.bounded(limit));
  }

  List<Long> due(Instant now, int limit) {
    return session.list(DUE, row -> row.getLong(1), now, Sql.bounded(limit));
  }

  Optional<Instant> nextTimer() {
    return session.first(NEXT, row -> Columns.time(row, 1));
  }

  Planned save(Planned planned) {
    Optional<Instant> at =
        planned.state() == Planned.State.WAITING ? Optional.of(planned.at()) : Optional.empty();
    if (planned.id() == 0) {
      return planned.withId(session
          .first(INSERT, row -> row.getLong(1), at, data(planned))
          .orElseThrow(
              () -> new StoreException("the database gave no id to a planned announcement")));
    }
    session.update(UPDATE, at, data(planned), planned.id());
    return planned;
  }

  private static String data(Planned planned) {
    return Json.object(json -> {
      json.writeStringField("announced", ContentCodec.body(planned.announcement()));
      Json.time(json, "at", planned.at());
      Json.time(json, "createdAt", planned.createdAt());
      Json.optionalText(json, "sourceId", planned.sourceId());
      json.writeStringField("state", planned.state().name());
    });
  }

  private static Planned read(ResultSet row) throws SQLException {
    try {
      JsonNode data = Json.read(row.getString(2));
      return new Planned(
          row.getLong(1),
          (Announced) ContentCodec.read("announced", Json.text(data, "announced")),
          Json.time(data, "at"),
          Json.time(data, "createdAt"),
          Json.optionalText(data, "sourceId"),
          Json.name(data, "state", Planned.State.class));
    } catch (RuntimeException e) {
      throw Columns.unreadable("planned announcement", row.getLong(1), e);
    }
  }
}
