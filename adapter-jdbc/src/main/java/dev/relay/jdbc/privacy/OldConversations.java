package dev.relay.jdbc.privacy;

import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts and files of conversations that ended long ago. A conversation whose case is not solved is still worked on, and one with
 * messages that have not been delivered may still have to be read.
 */
final class OldConversations {
  private static final String FILES =
      "select a.attachment_id from message_attachment a join message m"
          + " on m.id = a.entry_id where m.conv_id = ?";
  private static final String IS_ELSEWHERE = "select 1 from message_attachment a join message m"
      + " on m.id = a.entry_id where a.attachment_id = ? and m.conv_id <> ? limit 1";
  private static final String DETACH = "delete from message_attachment where attachment_id = ?"
      + " and entry_id in (select id from message where conv_id = ?)";

  private final Place place;
  private final Instant before;

  OldConversations(Place place, Instant before) {
    this.place = place;
    this.before = before;
  }

  /** Returns the condition for old conversations of the alias {@code c}, whose parameter is the time. */
  private static String isOld(SqlParts sql) {
    return "c.state = 'CLOSED' and " + sql.jsonNumber("c.data", "lastActivityAt") + " < ?"
        + " and not exists (select 1 from support_case s where s.number = "
        + sql.jsonNumber("c.data", "case") + " and s.status in ('NEW', 'OPEN', 'PENDING'))"
        + " and not exists (select 1 from lane l where l.conv_id = c.id and l.last_seq > l.done_seq)";
  }

  SortedMap<String, Long> count() {
    return place.read(session -> {
      String old = "(select c.id from conversation c where " + isOld(session.sql()) + ")";
      SortedMap<String, Long> counts = new TreeMap<>();
      put(counts, "conversations", count(session, "conversation where id in " + old));
      put(counts, "messages", count(session, "message where conv_id in " + old));
      put(
          counts,
          "files",
          count(
              session,
              "attachment where id in (select a.attachment_id from message_attachment a"
                  + " join message m on m.id = a.entry_id where m.conv_id in " + old + ")"));
      return counts;
    });
  }

  private long count(Session session, String from) {
    return session
        .first("select count(*) from " + from, row -> row.getLong(1), before)
        .orElse(0L);
  }

  private static void put(SortedMap<String, Long> counts, String kind, long number) {
    if (number > 0) {
      counts.put(kind, number);
    }
  }

  /** Erases; returns what had texts or files. */
  SortedMap<String, Long> erase() {
    long conversations = 0;
    long messages = 0;
    long files = 0;
    Optional<Long> next = next(0);
    while (next.isPresent()) {
      long each = next.get();
      long cleared = Erasing.clearMessages(place, each);
      long removed = removeFiles(each);
      if (cleared > 0 || removed > 0) {
        Erasing.clearDeliveries(place, each);
        conversations++;
      }
      messages += cleared;
      files += removed;
      next = next(each);
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    put(counts, "conversations", conversations);
    put(counts, "messages", messages);
    put(counts, "files", files);
    return counts;
  }

  /** Returns the next old conversation. Each is looked for by itself, because it may have stopped being old while others were erased. */
  private Optional<Long> next(long after) {
    return place.read(session -> session.first(
        "select c.id from conversation c where " + isOld(session.sql())
            + " and c.id > ? order by c.id limit 1",
        row -> row.getLong(1),
        before,
        after));
  }

  /** A file that a message of another conversation has too stays with that message. */
  private long removeFiles(long conversation) {
    List<String> files =
        place.read(session -> session.list(FILES, row -> row.getString(1), conversation));
    for (String file : files) {
      boolean isElsewhere = place.read(session ->
          session.first(IS_ELSEWHERE, row -> true, file, conversation).isPresent());
      if (isElsewhere) {
        var unused =
            place.write((session, transaction) -> session.update(DETACH, file, conversation));
      } else {
        Erasing.removeContent(place, file);
      }
    }
    return files.size();
  }
}
