package dev.relay.jdbc;

import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.jdbc.file.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The table {@code agent_picture}. */
final class JdbcAgentPictures implements AgentPictures {
  private static final String SAVE =
      "insert or replace into agent_picture (agent, picture_id, content) values (?, ?, ?)";
  private static final String REMOVE = "delete from agent_picture where agent = ?";
  private static final String FIND =
      "select rowid, content from agent_picture where picture_id = ? order by agent limit ?";
  private static final String IDS = "select agent, picture_id from agent_picture";

  private final Writer writer;
  private final Readers readers;
  private final ReadableRows readable;

  JdbcAgentPictures(Writer writer, Readers readers, ReadableRows readable) {
    this.writer = writer;
    this.readers = readers;
    this.readable = readable;
  }

  @Override
  public void save(String agent, Picture picture) {
    writer.write(session -> session.update(SAVE, agent, picture.id(), picture.content()));
  }

  @Override
  public boolean remove(String agent) {
    return writer.write(session -> session.update(REMOVE, agent)) > 0;
  }

  @Override
  public Optional<Picture> find(String id) {
    return readers.read(session -> readable.first(session, FIND, JdbcAgentPictures::read, id));
  }

  private static Picture read(ResultSet row) throws SQLException {
    try {
      return Picture.of(row.getBytes(2));
    } catch (RuntimeException e) {
      throw Columns.unreadable("an agent's picture", row.getLong(1), e);
    }
  }

  @Override
  public Map<String, String> ids() {
    return readers.read(session -> {
      Map<String, String> ids = new HashMap<>();
      session
          .list(IDS, row -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
      return ids;
    });
  }
}
