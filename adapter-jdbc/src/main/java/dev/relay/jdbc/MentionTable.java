package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.team.Team.Mention;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table {@code mention}. */
final class MentionTable {
  private static final String OF_AGENT = "select id, agent, seen, data from mention"
      + " where agent = ? and id > ? order by id desc limit ?";
  private static final String INSERT = "insert into mention (agent, seen, data) values (?, ?, ?)";
  private static final String UPDATE =
      "update mention set agent = ?, seen = ?, data = ? where id = ?";
  private static final String FORGET = "delete from mention where agent = ? and id <= ("
      + "select id from mention where agent = ? order by id desc limit 1 offset " + Mention.MOST
      + ")";

  private final Session session;
  private final ReadableRows readable;

  MentionTable(Session session, ReadableRows readable) {
    this.session = session;
    this.readable = readable;
  }

  List<Mention> of(String agent, long after, int limit) {
    return readable.list(session, OF_AGENT, MentionTable::read, Sql.bounded(limit), agent, after);
  }

  void save(Mention mention) {
    if (mention.id() == 0) {
      session.update(INSERT, mention.agent(), mention.seen(), data(mention));
      session.update(FORGET, mention.agent(), mention.agent());
    } else {
      session.update(UPDATE, mention.agent(), mention.seen(), data(mention), mention.id());
    }
  }

  private static String data(Mention mention) {
    return Json.object(json -> {
      Json.participant(json, "by", mention.by());
      Json.optionalNumber(json, "conversation", mention.conversation().map(ConversationId::value));
      Json.optionalNumber(json, "case", mention.supportCase().map(CaseNumber::value));
      json.writeStringField("text", mention.text());
      Json.time(json, "at", mention.at());
    });
  }

  private static Mention read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("mention", row.getLong(1), e);
    }
  }

  private static Mention decoded(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString(4));
    return new Mention(
        row.getLong(1),
        row.getString(2),
        Json.participant(data, "by"),
        Json.optionalNumber(data, "conversation").map(ConversationId::new),
        Json.optionalNumber(data, "case").map(CaseNumber::new),
        Json.text(data, "text"),
        Json.time(data, "at"),
        row.getInt(3) != 0);
  }
}
