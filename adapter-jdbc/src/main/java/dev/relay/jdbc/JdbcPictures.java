package dev.relay.jdbc;

import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.core.workspace.Workspace.Pictures;
import java.util.Optional;

/** The table {@code agent_picture}. */
final class JdbcPictures implements Pictures {
  private static final String SAVE =
      "insert or replace into agent_picture (agent, name, media_type, content) values (?, ?, ?, ?)";
  private static final String REMOVE = "delete from agent_picture where agent = ?";
  private static final String FIND =
      "select name, media_type, content from agent_picture where agent = ?";

  private final Writer writer;
  private final Readers readers;

  JdbcPictures(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public void save(String agent, Picture picture) {
    writer.write(session ->
        session.update(SAVE, agent, picture.name(), picture.mediaType(), picture.content()));
  }

  @Override
  public void remove(String agent) {
    writer.write(session -> session.update(REMOVE, agent));
  }

  @Override
  public Optional<Picture> find(String agent) {
    return readers.read(session -> session.first(
        FIND, row -> new Picture(row.getString(1), row.getString(2), row.getString(3)), agent));
  }
}
