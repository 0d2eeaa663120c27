package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.workspace.Workspace;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.jdbc.file.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables {@code draft}, {@code read_mark}, {@code agent_settings} and {@code saved_view}, and what has classes of its own. */
final class JdbcWorkspace implements Workspace {
  private final SavedReplies replies;
  private final Drafts drafts;
  private final ReadMarks marks;
  private final SavedViews views;
  private final SiteProfiles profiles;
  private final AgentPictures pictures;

  JdbcWorkspace(Writer writer, Readers readers, ReadableRows readable) {
    replies = new JdbcSavedReplies(writer, readers, readable);
    drafts = new JdbcDrafts(writer, readers, readable);
    marks = new JdbcMarks(writer, readers);
    views = new JdbcViews(writer, readers, readable);
    profiles = new JdbcSiteProfiles(writer, readers, readable);
    pictures = new PictureTable(writer, readers, readable);
  }

  @Override
  public SavedReplies savedReplies() {
    return replies;
  }

  @Override
  public Drafts drafts() {
    return drafts;
  }

  @Override
  public ReadMarks readMarks() {
    return marks;
  }

  @Override
  public SavedViews savedViews() {
    return views;
  }

  @Override
  public SiteProfiles siteProfiles() {
    return profiles;
  }

  @Override
  public AgentPictures agentPictures() {
    return pictures;
  }

  /** A view of the team has an empty owner, which no user name is. */
  private static final class JdbcViews implements SavedViews {
    private static final String SELECT = "select id, owner, name, data from saved_view";
    private static final String FIND = SELECT + " where id = ? limit ?";
    private static final String OF = SELECT + " where owner in ('', ?) order by name, id limit ?";
    private static final String OTHERS =
        "select count(*) from saved_view where owner = ? and name <> ?";
    private static final String SAVE = "insert into saved_view (owner, name, data)"
        + " values (?, ?, ?) on conflict (owner, name) do update set data = excluded.data"
        + " returning id";
    private static final String REMOVE = "delete from saved_view where id = ?";

    private final Writer writer;
    private final Readers readers;
    private final ReadableRows readable;

    JdbcViews(Writer writer, Readers readers, ReadableRows readable) {
      this.writer = writer;
      this.readers = readers;
      this.readable = readable;
    }

    @Override
    public Optional<SavedView> save(SavedView view) {
      String owner = view.owner().orElse("");
      String data = Json.object(json -> Json.map(json, "filters", view.filters()));
      return writer
          .write(session -> session
              .first(OTHERS, row -> row.getLong(1), owner, view.name())
              .filter(others -> others < MOST)
              .flatMap(
                  others -> session.first(SAVE, row -> row.getLong(1), owner, view.name(), data)))
          .map(view::withId);
    }

    @Override
    public boolean remove(long id) {
      return writer.write(session -> session.update(REMOVE, id)) > 0;
    }

    @Override
    public Optional<SavedView> find(long id) {
      return readers.read(session -> readable.first(session, FIND, JdbcViews::read, id));
    }

    @Override
    public List<SavedView> of(String agent) {
      return readers.read(session -> readable.list(session, OF, JdbcViews::read, 2 * MOST, agent));
    }

    private static SavedView read(ResultSet row) throws SQLException {
      try {
        return new SavedView(
            row.getLong(1),
            Optional.of(row.getString(2)).filter(owner -> !owner.isEmpty()),
            row.getString(3),
            Json.map(Json.read(row.getString(4)), "filters"));
      } catch (RuntimeException e) {
        throw Columns.unreadable("saved view", row.getLong(1), e);
      }
    }
  }

  private static final class JdbcDrafts implements Drafts {
    private static final String FIND =
        "select agent, subject, at, data from draft where agent = ? and subject = ? limit ?";
    private static final String SAVE = "insert into draft (agent, subject, at, data)"
        + " values (?, ?, ?, ?)"
        + " on conflict (agent, subject) do update set at = excluded.at, data = excluded.data";
    private static final String REMOVE_BEYOND = "delete from draft where agent = ? and subject in"
        + " (select subject from draft where agent = ? and subject <> ?"
        + " order by at desc, subject desc limit " + Long.MAX_VALUE + " offset ?)";
    private static final String REMOVE = "delete from draft where agent = ? and subject = ?";
    private static final String REMOVE_OLDER = "delete from draft where (agent, subject) in"
        + " (select agent, subject from draft where at < ? order by at limit 1000)";

    private final Writer writer;
    private final Readers readers;
    private final ReadableRows readable;

    JdbcDrafts(Writer writer, Readers readers, ReadableRows readable) {
      this.writer = writer;
      this.readers = readers;
      this.readable = readable;
    }

    @Override
    public void save(Draft draft) {
      String data = Json.object(json -> {
        json.writeStringField("text", draft.text());
        json.writeStringField("note", draft.note());
        Json.texts(json, "articles", draft.articles());
      });
      writer.write(session -> {
        session.update(SAVE, draft.agent(), draft.subject(), draft.at(), data);
        return session.update(
            REMOVE_BEYOND, draft.agent(), draft.agent(), draft.subject(), MOST - 1);
      });
    }

    @Override
    public Optional<Draft> find(String agent, String subject) {
      return readers.read(
          session -> readable.first(session, FIND, JdbcDrafts::read, agent, subject));
    }

    private static Draft read(ResultSet row) throws SQLException {
      try {
        JsonNode data = Json.read(row.getString(4));
        return new Draft(
            row.getString(1),
            row.getString(2),
            Json.text(data, "text"),
            Json.text(data, "note"),
            Json.texts(data, "articles"),
            Columns.time(row, 3));
      } catch (RuntimeException e) {
        throw Columns.unreadable("a draft made at", row.getLong(3), e);
      }
    }

    @Override
    public void remove(String agent, String subject) {
      writer.write(session -> session.update(REMOVE, agent, subject));
    }

    @Override
    public int removeOlder(Instant before) {
      return writer.write(session -> session.update(REMOVE_OLDER, before));
    }
  }

  private static final class JdbcMarks implements ReadMarks {
    private static final String MARK = "insert into read_mark (agent, conv_id, entry_id)"
        + " values (?, ?, ?) on conflict (agent, conv_id) do update set"
        + " entry_id = excluded.entry_id where read_mark.entry_id < excluded.entry_id";
    private static final String FIND =
        "select entry_id from read_mark where agent = ? and conv_id = ?";
    private static final String SETTINGS = "select data from agent_settings where agent = ?";
    private static final String SAVE_SETTINGS =
        "insert into agent_settings (agent, data) values (?, ?)"
            + " on conflict (agent) do update set data = excluded.data";

    private final Writer writer;
    private final Readers readers;

    JdbcMarks(Writer writer, Readers readers) {
      this.writer = writer;
      this.readers = readers;
    }

    /** Reads first, so that a desk that repeats a mark costs no commit. */
    @Override
    public boolean readUpTo(String agent, ConversationId conversation, EntryId entry) {
      EntryId before = of(agent, List.of(conversation)).get(conversation);
      if (before != null && before.value() >= entry.value()) {
        return false;
      }
      return writer.write(
              session -> session.update(MARK, agent, conversation.value(), entry.value()))
          > 0;
    }

    @Override
    public Map<ConversationId, EntryId> of(String agent, Collection<ConversationId> conversations) {
      return readers.read(session -> {
        Map<ConversationId, EntryId> found = new HashMap<>();
        for (ConversationId each : conversations) {
          session
              .first(FIND, row -> new EntryId(row.getLong(1)), agent, each.value())
              .ifPresent(mark -> found.put(each, mark));
        }
        return found;
      });
    }

    @Override
    public Map<String, String> settings(String agent) {
      return readers
          .read(session -> session.first(SETTINGS, row -> row.getString(1), agent))
          .map(data -> Json.map(Json.read(data), "settings"))
          .orElse(Map.of());
    }

    @Override
    public void saveSettings(String agent, Map<String, String> settings) {
      String data = Json.object(json -> Json.map(json, "settings", settings));
      writer.write(session -> session.update(SAVE_SETTINGS, agent, data));
    }
  }

  /** The table {@code agent_picture}. */
  private static final class PictureTable implements AgentPictures {
    private static final String SAVE =
        "insert into agent_picture (agent, picture_id, content) values (?, ?, ?) on conflict (agent)"
            + " do update set picture_id = excluded.picture_id, content = excluded.content";
    private static final String REMOVE = "delete from agent_picture where agent = ?";
    private static final String FIND =
        "select length(content), content from agent_picture where picture_id = ? order by agent limit ?";
    private static final String IDS = "select agent, picture_id from agent_picture";

    private final Writer writer;
    private final Readers readers;
    private final ReadableRows readable;

    PictureTable(Writer writer, Readers readers, ReadableRows readable) {
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
      return readers.read(session -> readable.first(session, FIND, PictureTable::read, id));
    }

    private static Picture read(ResultSet row) throws SQLException {
      try {
        return Picture.of(row.getBytes(2));
      } catch (RuntimeException e) {
        throw Columns.unreadable("an agent's picture with the length", row.getLong(1), e);
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
}
