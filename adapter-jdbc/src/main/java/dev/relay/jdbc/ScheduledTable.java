package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code scheduled_message}. */
final class ScheduledTable {
  private static final String SELECT = "select id, customer_id, data from scheduled_message where ";
  private static final String BY_ID = SELECT + "id = ?";
  private static final String BY_CUSTOMER =
      SELECT + CustomerTable.OF_SAME + " order by id desc limit ?";
  private static final String INSERT =
      "insert into scheduled_message (customer_id, send_at, data) values (?, ?, ?) returning id";
  private static final String UPDATE =
      "update scheduled_message set customer_id = ?, send_at = ?, data = ? where id = ?";
  private static final String DUE =
      "select id from scheduled_message where send_at <= ? order by send_at, id limit ?";
  private static final String NEXT = "select send_at from scheduled_message"
      + " where send_at is not null order by send_at limit 1";

  private final Session session;
  private final ReadableRows readable;

  ScheduledTable(Session session, ReadableRows readable) {
    this.session = session;
    this.readable = readable;
  }

  Optional<Scheduled> find(long id) {
    return session.first(BY_ID, ScheduledTable::read, id);
  }

  List<Scheduled> ofCustomer(CustomerId customer, int limit) {
    return readable.list(
        session,
        BY_CUSTOMER,
        ScheduledTable::read,
        Sql.bounded(limit),
        CustomerTable.same(customer).toArray());
  }

  List<Long> due(Instant now, int limit) {
    return session.list(DUE, row -> row.getLong(1), now, Sql.bounded(limit));
  }

  Optional<Instant> nextTimer() {
    return session.first(NEXT, row -> Columns.time(row, 1));
  }

  Scheduled save(Scheduled scheduled) {
    Optional<Instant> sendAt = scheduled.state() == Scheduled.State.WAITING
        ? Optional.of(scheduled.at())
        : Optional.empty();
    long customer = scheduled.customer().value();
    if (scheduled.id() == 0) {
      long id = session
          .first(INSERT, row -> row.getLong(1), customer, sendAt, data(scheduled))
          .orElseThrow(() -> new StoreException("the database gave no id to a planned message"));
      return scheduled.withId(id);
    }
    session.update(UPDATE, customer, sendAt, data(scheduled), scheduled.id());
    return scheduled;
  }

  private static String data(Scheduled scheduled) {
    AgentWroteFirst message = scheduled.message();
    return Json.object(json -> {
      json.writeNumberField("conversation", message.conversation().value());
      json.writeStringField("desk", message.desk().value());
      Json.optionalNumber(json, "case", message.supportCase().map(CaseNumber::value));
      Json.optionalText(json, "sourceId", message.sourceId());
      json.writeStringField(
          "said", ContentCodec.body(new EntryContent.Said(message.agent(), message.body())));
      Json.time(json, "at", scheduled.at());
      Json.time(json, "createdAt", scheduled.createdAt());
      json.writeStringField("state", scheduled.state().name());
      if (scheduled.failure().isPresent()) {
        json.writeStringField("failure", scheduled.failure().get().code().name());
        json.writeStringField("reason", scheduled.failure().get().message());
      }
    });
  }

  private static Scheduled read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("planned message", row.getLong(1), e);
    }
  }

  private static Scheduled decoded(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString(3));
    EntryContent.Said said = (EntryContent.Said) ContentCodec.read("said", Json.text(data, "said"));
    return new Scheduled(
        row.getLong(1),
        new CustomerId(row.getLong(2)),
        new AgentWroteFirst(
            new ConversationId(Json.number(data, "conversation")),
            Optional.empty(),
            new PortId(Json.text(data, "desk")),
            said.author(),
            Json.optionalNumber(data, "case").map(CaseNumber::new),
            Json.optionalText(data, "sourceId"),
            said.body()),
        Json.time(data, "at"),
        Json.time(data, "createdAt"),
        Json.name(data, "state", Scheduled.State.class),
        data.hasNonNull("failure")
            ? Optional.of(new Refusal(
                Json.name(data, "failure", Refusal.Code.class), Json.text(data, "reason")))
            : Optional.empty());
  }
}
