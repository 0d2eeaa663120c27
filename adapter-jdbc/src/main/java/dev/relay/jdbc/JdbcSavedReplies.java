package dev.relay.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.QueueName;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.SavedReplies;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The table {@code saved_reply}. A reply of the team has an empty owner, which no user name is. */
final class JdbcSavedReplies implements SavedReplies {
  private static final String SELECT = "select id, owner, shortcut, version, data from saved_reply";
  private static final String FIND = SELECT + " where id = ? limit ?";
  private static final String OF = SELECT + " where owner in ('', ?) order by shortcut, id limit ?";
  private static final String ADD = "insert into saved_reply (owner, shortcut, version, data)"
      + " values (?, ?, 1, ?) on conflict (owner, shortcut) do nothing returning id";
  private static final String VERSION = "select version from saved_reply where id = ?";
  private static final String TAKEN =
      "select id from saved_reply where owner = ? and shortcut = ? and id <> ?";
  private static final String REPLACE = "update saved_reply set owner = ?, shortcut = ?,"
      + " version = version + 1, data = ? where id = ?";
  private static final String REMOVE = "delete from saved_reply where id = ?";

  private final Writer writer;
  private final Readers readers;
  private final ReadableRows readable;

  JdbcSavedReplies(Writer writer, Readers readers, ReadableRows readable) {
    this.writer = writer;
    this.readers = readers;
    this.readable = readable;
  }

  @Override
  public Optional<SavedReply> add(SavedReply reply) {
    return writer
        .write(session -> session.first(
            ADD, row -> row.getLong(1), reply.owner().orElse(""), reply.shortcut(), data(reply)))
        .map(id -> reply.stored(id, 1));
  }

  @Override
  public Replaced replace(SavedReply next) {
    return writer.write(session -> replace(session, next));
  }

  private static Replaced replace(Session session, SavedReply next) {
    String owner = next.owner().orElse("");
    Optional<Long> version = session.first(VERSION, row -> row.getLong(1), next.id());
    if (!version.equals(Optional.of(next.version()))) {
      return Replaced.OUTDATED;
    }
    if (session
        .first(TAKEN, row -> row.getLong(1), owner, next.shortcut(), next.id())
        .isPresent()) {
      return Replaced.SHORTCUT_TAKEN;
    }
    session.update(REPLACE, owner, next.shortcut(), data(next), next.id());
    return Replaced.STORED;
  }

  @Override
  public boolean remove(long id) {
    return writer.write(session -> session.update(REMOVE, id)) > 0;
  }

  @Override
  public Optional<SavedReply> find(long id) {
    return readers.read(session -> readable.first(session, FIND, JdbcSavedReplies::read, id));
  }

  @Override
  public List<SavedReply> of(String agent) {
    return readers.read(
        session -> readable.list(session, OF, JdbcSavedReplies::read, 2 * MOST, agent));
  }

  private static String data(SavedReply reply) {
    return Json.object(json -> {
      json.writeStringField("name", reply.name());
      Json.map(json, "texts", reply.texts());
      Json.optionalText(json, "queue", reply.queue().map(QueueName::value));
      if (reply.macro().isPresent()) {
        writeMacro(json, reply.macro().get());
      }
    });
  }

  private static void writeMacro(JsonGenerator json, Macro macro) throws IOException {
    json.writeObjectFieldStart("macro");
    Json.optionalText(json, "status", macro.status().map(CaseStatus::name));
    Json.optionalText(json, "priority", macro.priority().map(CasePriority::name));
    Json.texts(json, "tags", new TreeSet<>(macro.tags()));
    Json.optionalText(json, "queue", macro.queue().map(QueueName::value));
    Json.optionalText(json, "note", macro.note());
    json.writeBooleanField("ends", macro.ends());
    json.writeEndObject();
  }

  private static SavedReply read(ResultSet row) throws SQLException {
    try {
      JsonNode data = Json.read(row.getString(5));
      return new SavedReply(
          row.getLong(1),
          Optional.of(row.getString(2)).filter(owner -> !owner.isEmpty()),
          Json.text(data, "name"),
          row.getString(3),
          Json.map(data, "texts"),
          Json.optionalText(data, "queue").map(QueueName::new),
          data.hasNonNull("macro") ? Optional.of(macro(data.get("macro"))) : Optional.empty(),
          row.getLong(4));
    } catch (RuntimeException e) {
      throw Columns.unreadable("saved reply", row.getLong(1), e);
    }
  }

  private static Macro macro(JsonNode data) {
    return new Macro(
        Json.optionalText(data, "status").map(name -> Columns.name(name, CaseStatus.class)),
        Json.optionalText(data, "priority").map(name -> Columns.name(name, CasePriority.class)),
        new HashSet<>(Json.texts(data, "tags")),
        Json.optionalText(data, "queue").map(QueueName::new),
        Json.optionalText(data, "note"),
        data.path("ends").asBoolean());
  }
}
