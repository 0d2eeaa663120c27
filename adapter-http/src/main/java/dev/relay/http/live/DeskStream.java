package dev.relay.http.live;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Mention;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.MentionViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.Texts;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An agent's event stream: every conversation that changed, and the entries of the agent's own and watched conversations. */
public final class DeskStream extends LiveStream {
  private static final int MAX_CHANGED = 5_000;
  private static final int MAX_CASES = 1_000;
  private static final int MAX_LISTED = 1_000;
  private static final int LATEST = 50;
  private static final int MAX_FOLLOWED = 100;
  private static final int MAX_SCANNED = 200;
  private static final int MAX_TYPING = 100;
  private static final int MAX_CAUGHT_UP = 100;
  private static final Set<ConversationState> OPEN =
      EnumSet.complementOf(EnumSet.of(ConversationState.CLOSED));

  private final AgentIdentity agent;
  private final Set<ConversationId> watched;
  private final DeskCounts counts;
  private final TranscriptViews transcripts;
  private final StreamContext context;
  private final Set<ConversationId> changed = ConcurrentHashMap.newKeySet();
  private final Set<CaseNumber> changedCases = ConcurrentHashMap.newKeySet();
  /** For each followed conversation, the hash of each of its latest entries as last sent. */
  private final Map<ConversationId, Map<String, Integer>> followed =
      new LinkedHashMap<>(16, 0.75f, true);

  /** Who types in watched conversations and has not been reported yet. */
  private final Set<Typing> typing = ConcurrentHashMap.newKeySet();

  /** The conversations that the agent may have in a list, of which they must hear if they go to a queue of others. */
  private final Set<ConversationId> seen =
      Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Boolean> eldest) {
          return size() > MAX_CHANGED;
        }
      });

  /** How far the agent has read conversations in another window, as far as not reported yet. */
  private final Map<ConversationId, EntryId> readMarks = new ConcurrentHashMap<>();

  /** What the team has set up anew, as far as not reported yet. */
  private final Set<SetUp> setUps = ConcurrentHashMap.newKeySet();

  /** What the agent may see, as the client knows it; null before the first read. */
  private Team.@Nullable Scope known;

  private long lastMention;
  private Map<ConversationId, Long> versions = new HashMap<>();
  private String lastSummary = "";
  private volatile boolean refreshDue;

  public DeskStream(
      AgentIdentity agent,
      Set<ConversationId> watched,
      DeskCounts counts,
      TranscriptViews transcripts,
      StreamContext context) {
    super(agent.tokenHash(), context.sessions());
    this.agent = agent;
    this.watched = Set.copyOf(watched);
    this.counts = counts;
    this.transcripts = transcripts;
    this.context = context;
  }

  record Summary(long waiting, long live, long bot, long mine, long parked) {}

  /** A conversation that the agent may no longer see, because it went to a queue of others. */
  record GoneEvent(String id) {}

  /** A case that has changed. */
  record CaseEvent(String number) {}

  /** Something that the team has set up has changed. */
  record SetUpEvent(String what) {}

  /** How far the stream's agent has read a conversation. */
  record ReadEvent(String conversationId, String upTo) {}

  /** What one read of the store reports; what does not fit into its chunk is left over. */
  private record Due(Set<ConversationId> conversations, Set<CaseNumber> cases) {}

  record EntryEvent(String conversationId, Views.TranscriptItem entry) {}

  /** Reports that these conversations have changed. A client that is too far behind has to reconnect. */
  void changed(Set<ConversationId> conversations) {
    changed.addAll(conversations);
    if (changed.size() > MAX_CHANGED) {
      close();
    } else {
      wake();
    }
  }

  /** Reports that these cases have changed. A client that is too far behind has to reconnect. */
  void casesChanged(Collection<CaseNumber> cases) {
    changedCases.addAll(cases);
    if (changedCases.size() > MAX_CASES) {
      close();
    } else {
      wake();
    }
  }

  /** Reports that the team has set something up anew. */
  void setUpChanged(SetUp what) {
    setUps.add(what);
    wake();
  }

  /**
   * Reports how far the stream's agent has read a conversation. A client that is too far behind has to reconnect.
   */
  void hasRead(ConversationId conversation, EntryId upTo) {
    readMarks.merge(conversation, upTo, (one, other) -> one.value() > other.value() ? one : other);
    if (readMarks.size() > MAX_CHANGED) {
      close();
    } else {
      wake();
    }
  }

  /**
   * Reports that somebody is typing in a conversation, if this stream watches it and its agent is somebody else. Equal signs that a
   * slow client has not received are one.
   */
  void types(ConversationId conversation, Typing sign) {
    if (watched.contains(conversation)
        && !agent.username().equals(sign.username())
        && typing.size() < MAX_TYPING) {
      typing.add(sign);
      run();
    }
  }

  /** Returns the user name of the stream's agent. */
  String username() {
    return agent.username();
  }

  @Override
  boolean isForAgents() {
    return true;
  }

  @Override
  void register(StreamRegistry registry) {
    registry.addDesk(this);
  }

  @Override
  void deregister(StreamRegistry registry) {
    registry.removeDesk(this);
  }

  @Override
  void refresh() {
    context.live().changes().grow();
    refreshDue = true;
    wake();
  }

  @Override
  String passing() {
    if (typing.isEmpty()) {
      return "";
    }
    Set<Typing> due = taken(typing);
    return context.store().read(queries -> {
      StringBuilder out = new StringBuilder();
      Team.Scope scope = agent.scope(queries);
      due.stream()
          .filter(sign -> isSeen(queries, scope, sign))
          .forEach(sign -> append(out, "typing", null, context.json().text(sign)));
      return out.toString();
    });
  }

  private static boolean isSeen(Queries queries, Team.Scope scope, Typing sign) {
    return Optional.ofNullable(sign.conversationId())
        .map(Long::valueOf)
        .map(ConversationId::new)
        .flatMap(id -> DeskViews.ifReadable(() -> queries.conversation(id)))
        .filter(conversation -> DeskViews.isSeen(scope, conversation))
        .isPresent();
  }

  @Override
  String produce() {
    DeskCounts.Counts counted = counts.get();
    if (counts.isOutdated(counted)) {
      context.live().wakeDesksAfter(DeskCounts.PERIOD);
    }
    // Taken before the store is read, of which the read sees one state: what is reported from now
    // on is for the next one.
    Due due = new Due(taken(changed), taken(changedCases));
    return context.store().read(queries -> read(queries, counted, due));
  }

  private static <T> Set<T> taken(Set<T> reported) {
    Set<T> all = new HashSet<>(reported);
    reported.removeAll(all);
    return all;
  }

  @Override
  boolean hasMore() {
    return !changed.isEmpty()
        || !changedCases.isEmpty()
        || !readMarks.isEmpty()
        || !setUps.isEmpty();
  }

  @Override
  void schedule(Runnable work) {
    context.live().executeSoon(work);
  }

  @Override
  void scheduleNext(Runnable work) {
    context.live().execute(work);
  }

  @Override
  void failed(Throwable cause) {
    context.live().failed("desk stream", cause);
  }

  private String read(Queries queries, DeskCounts.Counts counted, Due due) {
    Team.Scope scope = agent.scope(queries);
    StringBuilder out = new StringBuilder();
    if (!scope.equals(known)) {
      if (known == null) {
        lastMention = newestMention(queries);
        appendWatched(queries, scope, out);
      } else {
        append(out, "scope", null, "{}");
      }
      known = scope;
      ConversationFilter open =
          new ConversationFilter(OPEN, Optional.empty(), Optional.empty(), scope, true);
      queries
          .conversations(open, Optional.empty(), MAX_LISTED)
          .forEach(conversation -> seen.add(conversation.id()));
    }
    if (refreshDue) {
      refreshDue = false;
      due.conversations().addAll(changesElsewhere(queries));
    }
    appendMentions(queries, scope, out);
    for (Iterator<ConversationId> all = due.conversations().iterator();
        all.hasNext() && out.length() < CHUNK; ) {
      ConversationId id = all.next();
      all.remove();
      DeskViews.ifReadable(() -> queries.conversation(id)).ifPresent(conversation -> {
        if (!DeskViews.isSeen(scope, conversation)) {
          followed.remove(id);
          if (seen.remove(id)) {
            append(out, "gone", null, context.json().text(new GoneEvent(id.toString())));
          }
          return;
        }
        seen.add(id);
        append(
            out, "conversation", null, context.json().text(DeskViews.item(queries, conversation)));
        if (isFollowed(conversation)) {
          appendEntries(queries, conversation, out);
        }
      });
    }
    appendCases(queries, scope, due.cases(), out);
    changed.addAll(due.conversations());
    changedCases.addAll(due.cases());
    appendReadMarks(out);
    appendSetUps(out);
    String summary = context.json().text(summary(counted, scope));
    if (!summary.equals(lastSummary)) {
      lastSummary = summary;
      append(out, "summary", null, summary);
    }
    return out.toString();
  }

  private void appendCases(
      Queries queries, Team.Scope scope, Set<CaseNumber> due, StringBuilder out) {
    for (Iterator<CaseNumber> all = due.iterator(); all.hasNext() && out.length() < CHUNK; ) {
      CaseNumber number = all.next();
      all.remove();
      DeskViews.ifReadable(() -> queries.supportCase(number))
          .filter(found -> scope.sees(found.queue(), found.assignee()))
          .ifPresent(found -> append(
              out,
              "case",
              null,
              context.json().text(new CaseEvent(Long.toString(number.value())))));
    }
  }

  private void appendReadMarks(StringBuilder out) {
    for (Iterator<Map.Entry<ConversationId, EntryId>> all = readMarks.entrySet().iterator();
        all.hasNext() && out.length() < CHUNK; ) {
      Map.Entry<ConversationId, EntryId> mark = all.next();
      // A mark that has moved meanwhile stays and is sent again.
      readMarks.remove(mark.getKey(), mark.getValue());
      ReadEvent event = new ReadEvent(mark.getKey().toString(), mark.getValue().toString());
      append(out, "read", null, context.json().text(event));
    }
  }

  /** Sends watched conversations as they are now, so that a client that has read them before sees whether it has missed something. */
  private void appendWatched(Queries queries, Team.Scope scope, StringBuilder out) {
    for (ConversationId id : watched) {
      DeskViews.ifReadable(() -> queries.conversation(id))
          .filter(conversation -> DeskViews.isSeen(scope, conversation))
          .ifPresentOrElse(
              conversation -> append(
                  out,
                  "conversation",
                  null,
                  context.json().text(DeskViews.item(queries, conversation))),
              () -> append(out, "gone", null, context.json().text(new GoneEvent(id.toString()))));
    }
  }

  private void appendSetUps(StringBuilder out) {
    for (SetUp what : SetUp.values()) {
      if (setUps.remove(what)) {
        append(out, "setup", null, context.json().text(new SetUpEvent(Texts.lower(what))));
      }
    }
  }

  private long newestMention(Queries queries) {
    return queries.mentions(agent.username(), 0, 1).stream()
        .mapToLong(Mention::id)
        .findFirst()
        .orElse(0);
  }

  /** Reports who has mentioned the agent meanwhile; what came before the stream is read when it opens. */
  private void appendMentions(Queries queries, Team.Scope scope, StringBuilder out) {
    for (Mention mention : queries.mentions(agent.username(), lastMention, LATEST)) {
      lastMention = Math.max(lastMention, mention.id());
      if (MentionViews.isSeen(queries, scope, mention)) {
        append(out, "mention", null, context.json().text(MentionViews.item(mention)));
      }
    }
  }

  private boolean isFollowed(Conversation conversation) {
    return watched.contains(conversation.id())
        || followed.containsKey(conversation.id())
        || DeskViews.agent(conversation)
            .filter(who -> who.isSameAs(agent.participant()))
            .isPresent();
  }

  private void appendEntries(Queries queries, Conversation conversation, StringBuilder out) {
    Map<String, Integer> before = followed.getOrDefault(conversation.id(), Map.of());
    List<TranscriptEntry> entries = entries(queries, conversation, before);
    Map<String, Integer> now = new HashMap<>();
    boolean more = entries.size() == MAX_CAUGHT_UP;
    for (Views.TranscriptItem item :
        transcripts.items(queries, conversation.id(), conversation.locale(), entries)) {
      Integer sent = before.get(item.id());
      if (Integer.valueOf(item.hashCode()).equals(sent)) {
        now.put(item.id(), sent);
      } else if (out.length() >= CHUNK) {
        more = true;
        if (sent != null) {
          now.put(item.id(), sent);
        }
      } else {
        now.put(item.id(), item.hashCode());
        append(
            out,
            "entry",
            null,
            context.json().text(new EntryEvent(conversation.id().toString(), item)));
      }
    }
    if (more) {
      changed.add(conversation.id());
    }
    followed.put(conversation.id(), now);
    if (followed.size() > MAX_FOLLOWED) {
      followed.remove(followed.keySet().iterator().next());
    }
  }

  /** Returns the latest entries, and before them any that came after the last one sent. */
  private static List<TranscriptEntry> entries(
      Queries queries, Conversation conversation, Map<String, Integer> sent) {
    List<TranscriptEntry> latest = queries.latestEntries(conversation.id(), LATEST);
    Optional<EntryId> newestSent =
        sent.keySet().stream().map(Long::valueOf).max(Long::compare).map(EntryId::new);
    if (latest.size() < LATEST
        || newestSent.isEmpty()
        || newestSent.get().value() >= latest.get(0).id().value()) {
      return latest;
    }
    return queries.transcript(conversation.id(), newestSent.get(), MAX_CAUGHT_UP);
  }

  private Set<ConversationId> changesElsewhere(Queries queries) {
    Set<ConversationId> found = new HashSet<>();
    Map<ConversationId, Long> now = new HashMap<>();
    ConversationFilter open = new ConversationFilter(
        OPEN, Optional.empty(), Optional.empty(), agent.scope(queries), true);
    for (Conversation conversation : queries.conversations(open, Optional.empty(), MAX_SCANNED)) {
      now.put(conversation.id(), conversation.version());
      Long before = versions.get(conversation.id());
      if (before == null ? !versions.isEmpty() : before != conversation.version()) {
        found.add(conversation.id());
      }
    }
    versions.keySet().stream().filter(id -> !now.containsKey(id)).forEach(found::add);
    versions = now;
    return found;
  }

  private Summary summary(DeskCounts.Counts counted, Team.Scope scope) {
    return new Summary(
        counted.in(ConversationState.WAITING, scope),
        counted.in(ConversationState.LIVE, scope),
        counted.in(ConversationState.BOT, scope),
        counted.liveByAgent().getOrDefault(agent.username(), 0L),
        agent.is(Role.SUPERVISOR) ? counted.parked() : 0);
  }
}
