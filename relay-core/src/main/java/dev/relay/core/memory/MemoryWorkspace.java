package dev.relay.core.memory;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.workspace.Workspace;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the desk keeps for its agents, in maps. */
final class MemoryWorkspace implements Workspace {
  /** The rows that one call removes. */
  private static final int MOST_REMOVED = 1_000;

  private final SavedReplies replies = new MemoryReplies();
  private final Drafts drafts = new MemoryDrafts();
  private final ReadMarks marks = new MemoryMarks();
  private final SavedViews views = new MemoryViews();
  private final SiteProfiles profiles = new MemoryProfiles();
  private final AgentPictures pictures = new MemoryPictures();

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

  private static final class MemoryViews implements SavedViews {
    private final Map<Long, SavedView> views = new TreeMap<>();
    private long lastId;

    @Override
    public synchronized Optional<SavedView> save(SavedView view) {
      List<SavedView> own =
          views.values().stream().filter(it -> it.owner().equals(view.owner())).toList();
      Optional<SavedView> same =
          own.stream().filter(it -> it.name().equals(view.name())).findFirst();
      if (same.isEmpty() && own.size() >= MOST) {
        return Optional.empty();
      }
      SavedView saved = view.withId(same.map(SavedView::id).orElse(lastId + 1));
      lastId = Math.max(lastId, saved.id());
      views.put(saved.id(), saved);
      return Optional.of(saved);
    }

    @Override
    public synchronized boolean remove(long id) {
      return views.remove(id) != null;
    }

    @Override
    public synchronized Optional<SavedView> find(long id) {
      return Optional.ofNullable(views.get(id));
    }

    @Override
    public synchronized List<SavedView> of(String agent) {
      return views.values().stream()
          .filter(view -> view.isVisibleTo(agent))
          .sorted(Comparator.comparing(SavedView::name).thenComparing(SavedView::id))
          .limit(2L * MOST)
          .toList();
    }
  }

  private static final class MemoryReplies implements SavedReplies {
    private final Map<Long, SavedReply> replies = new TreeMap<>();
    private long lastId;

    @Override
    public synchronized Optional<SavedReply> add(SavedReply reply) {
      if (isTaken(reply, 0)) {
        return Optional.empty();
      }
      lastId++;
      SavedReply added = reply.stored(lastId, 1);
      replies.put(lastId, added);
      return Optional.of(added);
    }

    @Override
    public synchronized Replaced replace(SavedReply next) {
      SavedReply now = replies.get(next.id());
      if (now == null || now.version() != next.version()) {
        return Replaced.OUTDATED;
      }
      if (isTaken(next, next.id())) {
        return Replaced.SHORTCUT_TAKEN;
      }
      replies.put(next.id(), next.stored(next.id(), next.version() + 1));
      return Replaced.STORED;
    }

    private boolean isTaken(SavedReply wanted, long except) {
      return replies.values().stream()
          .anyMatch(it -> it.id() != except
              && it.owner().equals(wanted.owner())
              && it.shortcut().equals(wanted.shortcut()));
    }

    @Override
    public synchronized boolean remove(long id) {
      return replies.remove(id) != null;
    }

    @Override
    public synchronized Optional<SavedReply> find(long id) {
      return Optional.ofNullable(replies.get(id));
    }

    @Override
    public synchronized List<SavedReply> of(String agent) {
      return replies.values().stream()
          .filter(reply -> reply.isVisibleTo(agent))
          .sorted(Comparator.comparing(SavedReply::shortcut).thenComparing(SavedReply::id))
          .limit(2L * MOST)
          .toList();
    }
  }

  private static final class MemoryDrafts implements Drafts {
    private static final Comparator<Draft> OLDEST_FIRST =
        Comparator.comparing(Draft::at).thenComparing(Draft::subject);

    private record About(String agent, String subject) {}

    private final Map<About, Draft> drafts = new HashMap<>();

    @Override
    public synchronized void save(Draft draft) {
      drafts.put(new About(draft.agent(), draft.subject()), draft);
      List<Draft> own = drafts.values().stream()
          .filter(it -> it.agent().equals(draft.agent()))
          .sorted(OLDEST_FIRST)
          .toList();
      own.stream()
          .filter(it -> !it.subject().equals(draft.subject()))
          .limit(Math.max(0, own.size() - MOST))
          .forEach(it -> remove(it.agent(), it.subject()));
    }

    @Override
    public synchronized Optional<Draft> find(String agent, String subject) {
      return Optional.ofNullable(drafts.get(new About(agent, subject)));
    }

    @Override
    public synchronized void remove(String agent, String subject) {
      drafts.remove(new About(agent, subject));
    }

    @Override
    public synchronized int removeOlder(Instant before) {
      List<Draft> old = drafts.values().stream()
          .filter(it -> it.at().isBefore(before))
          .limit(MOST_REMOVED)
          .toList();
      old.forEach(it -> remove(it.agent(), it.subject()));
      return old.size();
    }
  }

  private static final class MemoryMarks implements ReadMarks {
    private record Key(String agent, ConversationId conversation) {}

    private final Map<Key, EntryId> marks = new HashMap<>();
    private final Map<String, Map<String, String>> settings = new HashMap<>();

    @Override
    public synchronized boolean readUpTo(String agent, ConversationId conversation, EntryId entry) {
      Key key = new Key(agent, conversation);
      EntryId before = marks.get(key);
      if (before != null && before.value() >= entry.value()) {
        return false;
      }
      marks.put(key, entry);
      return true;
    }

    @Override
    public synchronized Map<ConversationId, EntryId> of(
        String agent, Collection<ConversationId> conversations) {
      Map<ConversationId, EntryId> found = new HashMap<>();
      for (ConversationId each : conversations) {
        EntryId mark = marks.get(new Key(agent, each));
        if (mark != null) {
          found.put(each, mark);
        }
      }
      return found;
    }

    @Override
    public synchronized Map<String, String> settings(String agent) {
      return settings.getOrDefault(agent, Map.of());
    }

    @Override
    public synchronized void saveSettings(String agent, Map<String, String> wanted) {
      settings.put(agent, Map.copyOf(wanted));
    }
  }

  private static final class MemoryProfiles implements SiteProfiles {
    private final Map<String, SiteProfile> profiles = new HashMap<>();

    @Override
    public synchronized void save(SiteProfile profile) {
      profiles.put(profile.address(), profile);
    }

    @Override
    public synchronized Optional<SiteProfile> find(String address) {
      return Optional.ofNullable(profiles.get(address));
    }

    @Override
    public synchronized int removeStatedBefore(Instant moment) {
      List<String> old = profiles.values().stream()
          .filter(it -> it.at().isBefore(moment))
          .map(SiteProfile::address)
          .limit(MOST_REMOVED)
          .toList();
      old.forEach(profiles::remove);
      return old.size();
    }
  }

  private static final class MemoryPictures implements AgentPictures {
    private final Map<String, Picture> pictures = new HashMap<>();

    @Override
    public synchronized void save(String agent, Picture picture) {
      pictures.put(agent, picture);
    }

    @Override
    public synchronized boolean remove(String agent) {
      return pictures.remove(agent) != null;
    }

    @Override
    public synchronized Optional<Picture> find(String id) {
      return pictures.values().stream()
          .filter(picture -> picture.id().equals(id))
          .findFirst();
    }

    @Override
    public synchronized Map<String, String> ids() {
      Map<String, String> ids = new HashMap<>();
      pictures.forEach((agent, picture) -> ids.put(agent, picture.id()));
      return ids;
    }
  }
}
