package dev.relay.jdbc;

import dev.relay.core.id.EntryId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.team.Team.Scope;
import dev.relay.jdbc.file.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The search for words. The index lags behind by seconds, so what is not in it yet is read directly, as far as that is little. Whatever is
 * found is read from its own table and compared once more, so that the index alone never shows anything.
 */
final class WordSearch {
  /** The entries that are read because the index does not have them yet: some milliseconds of work. */
  static final int MOST_UNINDEXED = 1_000;
  /** The customers or cases, with their notes, that are read because the index does not have them yet: the background's next batch. */
  static final int MOST_DUE = WordIndexer.BATCH;
  /** The candidates of one search: after so many without a visible hit the reader may continue. */
  static final int MOST_CANDIDATES = 5_000;

  private static final int CANDIDATES_AT_ONCE = 500;
  /**
   * The share of one subject in the time limit of a search, with one share to spare, because one transaction may search all
   * subjects: a slow page ends early with what was found, and can be continued.
   */
  private static final long LONGEST_NANOS =
      Readers.Kind.SEARCHES.limit().orElseThrow().toNanos() / (Search.Subject.values().length + 1);

  private static final String UNINDEXED = "select " + MessageTable.COLUMNS
      + " from message m where m.id > ? and m.kind in " + WordTable.KINDS
      + " order by m.id desc limit ?";
  /** The changes in one conversation, newest first. */
  private static final String UNREAD_CHANGES = "select " + MessageTable.COLUMNS
      + " from message m where m.conv_id = ? and m.id > ? and m.id < ?"
      + " and m.kind in ('edited', 'deleted') order by m.id desc";

  private static final String COUNT_UNINDEXED =
      "select coalesce(max(id), 0) - (" + WordTable.REACHED + ") from message";
  private static final String DUE =
      "select id from search_due where subject = ? order by id desc limit ?";
  private static final String COUNT_DUE = "select count(*) from search_due where subject = ?";

  private final Session session;
  private final MessageTable messages;
  private final WordTable words;
  private final Search search;
  private final List<Search.Hit> hits = new ArrayList<>();
  private final long begin = System.nanoTime();
  private long waiting;

  WordSearch(Session session, ReadableRows readable, Search search) {
    this.session = session;
    this.messages = new MessageTable(session, new Remembered());
    this.words = new WordTable(session, readable);
    this.search = search;
  }

  Search.Found found() {
    if (search.subject() == Search.Subject.CASES && search.words().number().isPresent()) {
      long number = search.words().number().get();
      if (number < before() && isSeen(number)) {
        hits.add(new Search.Hit(number, List.of(new Search.Part("number", "#" + number))));
      }
      return new Search.Found(hits, Optional.empty(), 0);
    }
    if (search.words().words().isEmpty()) {
      return new Search.Found(List.of(), Optional.empty(), 0);
    }
    Optional<Long> next = search.subject() == Search.Subject.MESSAGES ? ofMessages() : ofOthers();
    return new Search.Found(hits, next, waiting);
  }

  private Optional<Long> ofMessages() {
    long reached = session.first(WordTable.REACHED, row -> row.getLong(1)).orElse(0L);
    List<TranscriptEntry> newest =
        session.list(UNINDEXED, row -> MessageTable.read(row, 1), reached, MOST_UNINDEXED);
    if (newest.size() == MOST_UNINDEXED) {
      long all = session.first(COUNT_UNINDEXED, row -> row.getLong(1)).orElse(0L);
      waiting = Math.max(0, all - MOST_UNINDEXED);
    }
    Search.Latest latest = new Search.Latest(messages::find);
    Unread unread = waiting == 0
        ? Unread.NOTHING
        : new Unread(reached, newest.get(newest.size() - 1).id().value(), latest, new HashSet<>());
    for (TranscriptEntry entry : newest) {
      boolean isMessage = latest.change(entry).isEmpty();
      if (isMessage && entry.id().value() < before()) {
        add(entry.id().value(), latest.partsOf(entry));
      }
      if (isFull()) {
        return lastHit();
      }
    }
    Map<Long, List<Search.Part>> fresh = new HashMap<>();
    for (EntryId each : latest.changed()) {
      if (each.value() <= reached) {
        fresh.put(each.value(), messages.find(each).map(latest::partsOf).orElse(List.of()));
      }
    }
    return indexed(
        "message_words",
        "source",
        reached + 1,
        fresh,
        candidate -> presentParts(candidate, unread, latest));
  }

  /**
   * Returns the parts of a message as they are now, whatever the index knows: a change that lies between the index and the entries that were
   * read is looked up in the message's own conversation.
   */
  private List<Search.Part> presentParts(Candidate candidate, Unread unread, Search.Latest latest) {
    EntryId id = new EntryId(candidate.id());
    List<Search.Part> parts = words.currentParts(id, new EntryId(candidate.source()));
    if (unread.isNothing() || search.hit(candidate.id(), parts).isEmpty()) {
      return parts;
    }
    Optional<TranscriptEntry> message = messages.find(id);
    message.ifPresent(it -> noteChanges(it.conversation().value(), unread));
    return latest.changed().contains(id) ? message.map(latest::partsOf).orElse(List.of()) : parts;
  }

  private void noteChanges(long conversation, Unread unread) {
    if (unread.conversations().add(conversation)) {
      session
          .list(
              UNREAD_CHANGES,
              row -> MessageTable.read(row, 1),
              conversation,
              unread.above(),
              unread.below())
          .forEach(entry -> {
            var unused = unread.latest().change(entry);
          });
    }
  }

  private Optional<Long> ofOthers() {
    String subject = search.subject().name();
    List<Long> due = session.list(DUE, row -> row.getLong(1), subject, MOST_DUE);
    if (due.size() == MOST_DUE) {
      long all = session.first(COUNT_DUE, row -> row.getLong(1), subject).orElse(0L);
      waiting = all - due.size();
    }
    Map<Long, List<Search.Part>> fresh = new HashMap<>();
    due.forEach(id -> fresh.put(id, words.parts(search.subject(), id)));
    return indexed(
        WordTable.table(search.subject()),
        "rowid",
        Long.MAX_VALUE,
        fresh,
        candidate -> words.parts(search.subject(), candidate.id()));
  }

  /**
   * Adds the hits of an index, in its order together with what the index has in an older form or not at all.
   *
   * @param below the id below which the index counts
   * @param fresh the present parts of things that the index is behind with
   */
  private Optional<Long> indexed(
      String table, String source, long below, Map<Long, List<Search.Part>> fresh, Texts texts) {
    String candidates = "select rowid, " + source + " from " + table + " where "
        + session.sql().hasWords(table) + " and rowid < ? order by rowid desc limit ?";
    long from = Math.min(before(), below);
    NavigableSet<Long> pending = new TreeSet<>(new TreeSet<>(fresh.keySet()).headSet(from, false));
    for (int examined = 0; examined < MOST_CANDIDATES; examined += CANDIDATES_AT_ONCE) {
      List<Candidate> found = session.list(
          candidates,
          row -> new Candidate(row.getLong(1), row.getLong(2)),
          session.sql().wordQuery(search.words().words()),
          from,
          CANDIDATES_AT_ONCE);
      for (Candidate each : found) {
        if (!addPending(pending, each.id(), fresh)) {
          return lastHit();
        }
        if (!fresh.containsKey(each.id()) && isSeen(each.id())) {
          search.hit(each.id(), texts.of(each)).ifPresent(hits::add);
        }
        if (isFull()) {
          return lastHit();
        }
        if (System.nanoTime() - begin > LONGEST_NANOS) {
          return Optional.of(each.id());
        }
      }
      if (found.size() < CANDIDATES_AT_ONCE) {
        return addPending(pending, 0, fresh) ? Optional.empty() : lastHit();
      }
      from = found.get(found.size() - 1).id();
    }
    return Optional.of(from);
  }

  /** Adds what the index is behind with, down to that id; returns false once the page is full. */
  private boolean addPending(
      NavigableSet<Long> pending, long downTo, Map<Long, List<Search.Part>> fresh) {
    while (!pending.isEmpty() && pending.last() >= downTo) {
      long id = pending.last();
      pending.remove(id);
      add(id, fresh.getOrDefault(id, List.of()));
      if (isFull()) {
        return false;
      }
    }
    return true;
  }

  /** Adds a hit if all words are in the parts and the reader may see them. One more than the limit shows that there is a next page. */
  private void add(long id, List<Search.Part> parts) {
    Optional<Search.Hit> hit = search.hit(id, parts);
    if (hit.isPresent() && isSeen(id)) {
      hits.add(hit.get());
    }
  }

  private boolean isFull() {
    return hits.size() > search.limit();
  }

  private Optional<Long> lastHit() {
    hits.subList(search.limit(), hits.size()).clear();
    return Optional.of(hits.get(hits.size() - 1).id());
  }

  private long before() {
    return search.before().orElse(Long.MAX_VALUE);
  }

  private boolean isSeen(long id) {
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    parameters.add(id);
    switch (search.subject()) {
      case MESSAGES -> {
        sql.append(
            "select 1 from message m join conversation c on c.id = m.conv_id where m.id = ?");
        Sql.within(search.scope(), "agent_id", sql, parameters);
      }
      case CASES -> {
        sql.append("select 1 from support_case where number = ?");
        Sql.within(search.scope(), "assignee_id", sql, parameters);
      }
      case CUSTOMERS -> {
        if (search.scope().hidden().isEmpty()) {
          return true;
        }
        return isAny("conversation", "agent_id", id, search.scope())
            || isAny("support_case", "assignee_id", id, search.scope())
            || !hasAny(id);
      }
    }
    return session.first(sql.toString(), row -> true, parameters.toArray()).isPresent();
  }

  private boolean isAny(String table, String owner, long customer, Scope scope) {
    StringBuilder sql = new StringBuilder("select 1 from " + table + " where customer_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(customer));
    Sql.within(scope, owner, sql, parameters);
    return session
        .first(sql.append(" limit 1").toString(), row -> true, parameters.toArray())
        .isPresent();
  }

  private boolean hasAny(long customer) {
    return isAny("conversation", "agent_id", customer, Scope.ALL)
        || isAny("support_case", "assignee_id", customer, Scope.ALL);
  }

  /** The present texts of what a row of the index denotes. */
  private interface Texts {
    List<Search.Part> of(Candidate candidate);
  }

  /**
   * The entries that neither the index has nor the search has read.
   *
   * @param above the last entry of the index
   * @param below the oldest entry that was read
   * @param latest takes the changes among them
   * @param conversations those whose changes it has
   */
  private record Unread(long above, long below, Search.Latest latest, Set<Long> conversations) {
    static final Unread NOTHING =
        new Unread(0, 0, new Search.Latest(id -> Optional.empty()), Set.of());

    boolean isNothing() {
      return below == 0;
    }
  }

  /** A row of the index, and the entry with the message's text. */
  private record Candidate(long id, long source) {}
}
