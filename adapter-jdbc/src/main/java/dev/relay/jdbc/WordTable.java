package dev.relay.jdbc;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.util.List;
import java.util.Optional;

/**
 * The index of words: the tables {@code message_words}, {@code customer_words} and {@code case_words}, with what is not in them yet. An
 * entry's id is its place in the queue of messages; customers and cases wait in {@code search_due}.
 */
final class WordTable {
  /** The kinds of entries that have words or change them. */
  static final String KINDS = "('said', 'whispered', 'rated', 'edited', 'deleted')";

  static final int MOST_NOTES = 1_000;

  static final String REACHED = "select entry_id from search_progress";
  private static final String WAITING = "select " + MessageTable.COLUMNS
      + " from message m where m.id > ? and m.kind in " + KINDS + " order by m.id limit ?";
  private static final String NEWEST = "select coalesce(max(id), 0) from message";
  private static final String IS_BEHIND =
      "select 1 where exists (select 1 from search_due) or (" + NEWEST + ") > (" + REACHED + ")";
  private static final String SAVE_REACHED = "update search_progress set entry_id = ?";
  private static final String DROP = "delete from message_words where rowid = ?";
  private static final String DUE = "select subject, id from search_due limit ?";
  private static final String DONE = "delete from search_due where subject = ? and id = ?";

  private final Session session;
  private final MessageTable messages;
  private final CustomerTable customers;
  private final CaseTable cases;

  WordTable(Session session, ReadableRows readable) {
    this.session = session;
    this.messages = new MessageTable(session, new Remembered());
    this.customers = new CustomerTable(session, readable, new Remembered());
    this.cases = new CaseTable(session, readable);
  }

  /** Checks whether something is not in the index yet. */
  static boolean isBehind(Session session) {
    return session.first(IS_BEHIND, row -> true).isPresent();
  }

  /** Puts at most that many messages, customers and cases into the index, oldest first; returns how many. */
  int advance(int limit) {
    List<Due> due = session.list(DUE, row -> new Due(row.getString(1), row.getLong(2)), limit);
    for (Due each : due) {
      put(each);
      session.update(DONE, each.subject(), each.id());
    }
    long reached = session.first(REACHED, row -> row.getLong(1)).orElse(0L);
    int rest = limit - due.size();
    if (rest == 0) {
      return due.size();
    }
    List<TranscriptEntry> waiting =
        session.list(WAITING, row -> MessageTable.read(row, 1), reached, rest);
    waiting.forEach(this::put);
    long next = waiting.size() == rest
        ? waiting.get(rest - 1).id().value()
        : session.first(NEWEST, row -> row.getLong(1)).orElse(0L);
    if (next != reached) {
      session.update(SAVE_REACHED, next);
    }
    return due.size() + waiting.size();
  }

  private void put(Due due) {
    Search.Subject subject = Search.Subject.valueOf(due.subject());
    String words = Search.Words.folded(parts(subject, due.id()));
    String table = table(subject);
    if (words.isEmpty()) {
      session.update("delete from " + table + " where rowid = ?", due.id());
    } else {
      SqlParts sql = session.sql();
      session.update(
          sql.putWords(table, List.of("rowid", "words")), due.id(), sql.wordValue(words));
    }
  }

  /** Returns the parts of a customer or case; none if there is no such, or if it cannot be read. */
  List<Search.Part> parts(Search.Subject subject, long id) {
    try {
      return subject == Search.Subject.CUSTOMERS
          ? customers.find(new CustomerId(id)).map(Search::partsOf).orElse(List.of())
          : cases
              .find(new CaseNumber(id))
              .map(found -> Search.partsOf(found, cases.notes(found.number(), MOST_NOTES)))
              .orElse(List.of());
    } catch (StoreException.BadData e) {
      return List.of();
    }
  }

  static String table(Search.Subject subject) {
    return subject == Search.Subject.CUSTOMERS ? "customer_words" : "case_words";
  }

  /** Each message has a row, also one without words: a message without a row was deleted, and later edits do not bring it back. */
  private void put(TranscriptEntry entry) {
    EntryContent content = entry.content();
    long id = entry.id().value();
    SqlParts sql = session.sql();
    if (!(content instanceof EntryContent.Edited) && !(content instanceof EntryContent.Deleted)) {
      String words = sql.wordValue(Search.Words.folded(Search.partsOf(content)));
      session.update(
          sql.putWords("message_words", List.of("rowid", "words", "source")), id, words, id);
      return;
    }
    Optional<EntryId> message = Search.Latest.changed(messages::find, entry);
    if (message.isPresent() && content instanceof EntryContent.Edited edit) {
      String words = Search.Words.folded(currentParts(message.get(), Optional.of(edit.text())));
      session.update(
          "update message_words set words = " + sql.words() + ", source = ? where rowid = ?",
          sql.wordValue(words),
          id,
          message.get().value());
    } else if (message.isPresent()) {
      session.update(DROP, message.get().value());
    }
  }

  private List<Search.Part> currentParts(EntryId message, Optional<String> text) {
    return messages
        .find(message)
        .map(found -> Search.Latest.partsOf(found.content(), text))
        .orElse(List.of());
  }

  /** Returns the parts of a message whose present text is in that entry. */
  List<Search.Part> currentParts(EntryId message, EntryId source) {
    Optional<String> text = source.equals(message)
        ? Optional.empty()
        : messages
            .find(source)
            .map(TranscriptEntry::content)
            .filter(EntryContent.Edited.class::isInstance)
            .map(content -> ((EntryContent.Edited) content).text());
    return currentParts(message, text);
  }

  /** A customer or case that waits for the index. */
  private record Due(String subject, long id) {}
}
