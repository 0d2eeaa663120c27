package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The tables {@code support_case}, {@code case_note} and {@code case_history}. */
final class CaseTable {
  private static final String SELECT = "select number, customer_id, kind, status, updated_at,"
      + " wake_at, version, data from support_case where ";
  /** Begins with the cases that may contain a text, in the order of the list. */
  private static final String INDEXED = "select number, customer_id, kind, status, updated_at,"
      + " wake_at, version, data from case_search cross join support_case"
      + " on number = case_search.rowid where case_search match ?";

  private static final String BY_NUMBER = SELECT + "number = ?";
  private static final String LATEST =
      SELECT + CustomerTable.OF_SAME + " order by updated_at desc, number desc limit ?";
  private static final String INSERT = "insert into support_case (number, customer_id, kind,"
      + " status, assignee_id, team, updated_at, wake_at, version, searchable, data)"
      + " values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)";
  private static final String UPDATE = "update support_case set customer_id = ?, kind = ?,"
      + " status = ?, assignee_id = ?, team = ?, updated_at = ?, wake_at = ?, version = version + 1,"
      + " searchable = ?, data = ? where number = ? and version = ?";
  private static final String DUE =
      "select number from support_case where wake_at <= ? order by wake_at, number limit ?";
  private static final String AHEAD = "select number from support_case where wake_at > ?"
      + " and status in ('SOLVED', 'PENDING') order by wake_at desc, number desc limit ?";
  private static final String NEXT_TIMER =
      "select wake_at from support_case where wake_at is not null order by wake_at limit 1";
  private static final String ADD_NOTE = "insert into case_note"
      + " (id, number, at, author_role, author_id, author_name, text) values (?, ?, ?, ?, ?, ?, ?)";
  private static final String NOTES = "select id, at, author_role, author_id, author_name, text"
      + " from case_note where number = ? order by id limit ?";
  private static final String MOVE_NOTES = "update case_note set number = ? where number = ?";
  private static final String ADD_HISTORY = "insert into case_history (number, at, actor_role,"
      + " actor_id, actor_name, field, value_before, value_after) values (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String HISTORY = "select at, actor_role, actor_id, actor_name, field,"
      + " value_before, value_after from case_history where number = ? order by id limit ?";

  private final Session session;
  private final ReadableRows readable;

  CaseTable(Session session, ReadableRows readable) {
    this.session = session;
    this.readable = readable;
  }

  Optional<SupportCase> find(CaseNumber number) {
    return session.first(BY_NUMBER, CaseTable::read, number.value());
  }

  Optional<SupportCase> latest(CustomerId customer) {
    return readable.first(
        session, LATEST, CaseTable::read, CustomerTable.same(customer).toArray());
  }

  List<SupportCase> search(CaseFilter filter, Optional<CaseNumber> after, int limit) {
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    Optional<String> indexed =
        filter.text().filter(text -> session.sql().hasTrigrams()).flatMap(Sql::trigrams);
    if (indexed.isPresent()) {
      sql.append(INDEXED);
      parameters.add(indexed.get());
    } else {
      sql.append(SELECT).append("1 = 1");
    }
    if (!filter.statuses().isEmpty()) {
      sql.append(" and status in (")
          .append(Sql.places(filter.statuses().size()))
          .append(')');
      filter.statuses().stream().sorted().forEach(status -> parameters.add(status.name()));
    }
    if (filter.awakeOnly()) {
      sql.append(" and ")
          .append(session.sql().jsonNumber("data", "snoozedUntil"))
          .append(" is null");
    }
    filter.kind().ifPresent(kind -> {
      sql.append(" and kind = ?");
      parameters.add(kind.name());
    });
    filter.customer().ifPresent(customer -> {
      sql.append(" and ").append(CustomerTable.OF_SAME);
      parameters.addAll(CustomerTable.same(customer));
    });
    filter.assigneeId().ifPresent(assignee -> {
      sql.append(" and assignee_id = ?");
      parameters.add(assignee);
    });
    Sql.within(filter.scope(), "assignee_id", sql, parameters);
    filter.text().ifPresent(text -> {
      sql.append(" and support_case.searchable like ? escape '\\'");
      parameters.add(Sql.containing(text.toLowerCase(Locale.ROOT)));
    });
    after.ifPresent(number -> {
      sql.append(indexed.isPresent() ? " and case_search.rowid < ?" : " and number < ?");
      parameters.add(number.value());
    });
    sql.append(indexed.isPresent() ? " order by case_search.rowid desc" : " order by number desc");
    sql.append(" limit ?");
    return readable.list(
        session, sql.toString(), CaseTable::read, Sql.bounded(limit), parameters.toArray());
  }

  SupportCase save(SupportCase supportCase) {
    long number = supportCase.number().value();
    long customer = supportCase.customer().value();
    String kind = supportCase.kind().name();
    String status = supportCase.status().name();
    Optional<String> assignee = supportCase.assignee().map(Participant::id);
    String team = supportCase.queue().value();
    Instant updatedAt = supportCase.updatedAt();
    Optional<Instant> wakeAt = supportCase.wakeAt();
    String searchable = CaseFilter.searchable(supportCase);
    String data = data(supportCase);
    if (supportCase.version() == 0) {
      session.update(
          INSERT,
          number,
          customer,
          kind,
          status,
          assignee,
          team,
          updatedAt,
          wakeAt,
          searchable,
          data);
    } else {
      long version = supportCase.version();
      int changed = session.update(
          UPDATE,
          customer,
          kind,
          status,
          assignee,
          team,
          updatedAt,
          wakeAt,
          searchable,
          data,
          number,
          version);
      if (changed == 0) {
        throw new StoreException(
            "case " + supportCase.number() + " does not have version " + version + " in the store");
      }
    }
    return supportCase.withVersion(supportCase.version() + 1);
  }

  List<CaseNumber> due(Instant now, int limit) {
    return session.list(DUE, row -> new CaseNumber(row.getLong(1)), now, Sql.bounded(limit));
  }

  List<CaseNumber> ahead(Instant after, int limit) {
    return session.list(AHEAD, row -> new CaseNumber(row.getLong(1)), after, Sql.bounded(limit));
  }

  Optional<Instant> nextTimer() {
    return session.first(NEXT_TIMER, row -> Columns.time(row, 1));
  }

  void addNote(CaseNote note) {
    Participant author = note.author();
    session.update(
        ADD_NOTE,
        note.id(),
        note.supportCase().value(),
        note.at(),
        author.role().name(),
        author.id(),
        author.displayName(),
        note.text());
  }

  void moveNotes(CaseNumber from, CaseNumber to) {
    session.update(MOVE_NOTES, to.value(), from.value());
  }

  List<CaseNote> notes(CaseNumber number, int limit) {
    return readable.list(
        session,
        NOTES,
        row -> new CaseNote(
            row.getLong(1), number, participant(row, 3), Columns.time(row, 2), row.getString(6)),
        Sql.bounded(limit),
        number.value());
  }

  void addHistory(List<CaseHistoryEntry> history) {
    for (CaseHistoryEntry each : history) {
      Participant actor = each.actor();
      session.update(
          ADD_HISTORY,
          each.supportCase().value(),
          each.at(),
          actor.role().name(),
          actor.id(),
          actor.displayName(),
          each.field(),
          each.before(),
          each.after());
    }
  }

  List<CaseHistoryEntry> history(CaseNumber number, int limit) {
    return readable.list(
        session,
        HISTORY,
        row -> new CaseHistoryEntry(
            number,
            Columns.time(row, 1),
            participant(row, 2),
            row.getString(5),
            row.getString(6),
            row.getString(7)),
        Sql.bounded(limit),
        number.value());
  }

  private static Participant participant(ResultSet row, int column) throws SQLException {
    return new Participant(
        Columns.name(row.getString(column), Participant.Role.class),
        row.getString(column + 1),
        row.getString(column + 2));
  }

  private static String data(SupportCase supportCase) {
    return Json.object(json -> {
      json.writeStringField("priority", supportCase.priority().name());
      json.writeStringField("subject", supportCase.subject());
      json.writeStringField("description", supportCase.description());
      json.writeStringField("queue", supportCase.queue().value());
      Json.map(json, "fields", supportCase.fields());
      Json.texts(json, "tags", supportCase.tags());
      if (supportCase.assignee().isPresent()) {
        Json.participant(json, "assignee", supportCase.assignee().get());
      }
      json.writeArrayFieldStart("conversations");
      for (ConversationId each : supportCase.conversations()) {
        json.writeNumber(each.value());
      }
      json.writeEndArray();
      Json.optionalNumber(json, "followUpOf", supportCase.followUpOf().map(CaseNumber::value));
      Json.time(json, "createdAt", supportCase.createdAt());
      Json.optionalTime(json, "solvedAt", supportCase.solvedAt());
      Json.optionalTime(json, "snoozedUntil", supportCase.snoozedUntil());
      if (supportCase.merge().isPresent()) {
        SupportCase.Merge merge = supportCase.merge().get();
        json.writeObjectFieldStart("merge");
        json.writeNumberField("into", merge.into().value());
        Json.participant(json, "by", merge.by());
        Json.time(json, "at", merge.at());
        json.writeStringField("reason", merge.reason());
        json.writeEndObject();
      }
    });
  }

  private static SupportCase read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("case", row.getLong(1), e);
    }
  }

  private static Optional<SupportCase.Merge> merge(JsonNode data) {
    if (!data.hasNonNull("merge")) {
      return Optional.empty();
    }
    JsonNode merge = data.get("merge");
    return Optional.of(new SupportCase.Merge(
        new CaseNumber(Json.number(merge, "into")),
        Json.participant(merge, "by"),
        Json.time(merge, "at"),
        Json.text(merge, "reason")));
  }

  private static SupportCase decoded(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString(8));
    List<ConversationId> conversations = new ArrayList<>();
    data.path("conversations").forEach(id -> conversations.add(new ConversationId(id.asLong())));
    Optional<CaseNumber> followUpOf = Json.optionalNumber(data, "followUpOf").map(CaseNumber::new);
    Optional<Participant> assignee = data.hasNonNull("assignee")
        ? Optional.of(Json.participant(data, "assignee"))
        : Optional.empty();
    return new SupportCase(
        new CaseNumber(row.getLong(1)),
        Columns.name(row.getString(3), CaseKind.class),
        Columns.name(row.getString(4), CaseStatus.class),
        Json.name(data, "priority", CasePriority.class),
        Json.text(data, "subject"),
        Json.text(data, "description"),
        Json.map(data, "fields"),
        Set.copyOf(Json.texts(data, "tags")),
        new QueueName(Json.text(data, "queue")),
        assignee,
        new CustomerId(row.getLong(2)),
        conversations,
        followUpOf,
        Json.time(data, "createdAt"),
        Columns.time(row, 5),
        Json.optionalTime(data, "solvedAt"),
        Columns.optionalTime(row, 6),
        Json.optionalTime(data, "snoozedUntil"),
        merge(data),
        row.getLong(7));
  }
}
