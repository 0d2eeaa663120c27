package dev.relay.jdbc.privacy;

import dev.relay.core.customer.Customer;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that follows the beginning of an erasure, in transactions of a few rows each, so that no other write waits for long. Each step may be
 * repeated, so a new process begins with the first one.
 */
final class Erasing {
  private static final int BATCH = 200;
  /** Pieces of a file, of 256 KiB each. */
  private static final int CHUNKS = 8;

  private static final String CASES =
      "select number from support_case where customer_id in ({customers}) order by number";
  private static final String MESSAGES = "select id, body, source_id, external_id from message"
      + " where conv_id = ? and id > ? order by id limit ?";
  private static final String CLEAR_MESSAGE =
      "update message set body = ?, source_id = null, external_id = null where id = ?";
  private static final String FORGET_WORDS = "delete from message_words where rowid = ?";
  private static final String CARDS =
      "select id, body from message where conv_id = 0" + " and source_id = ? order by id limit ?";
  private static final String CLEAR_CARD = "update message set body = ? where id = ?";
  private static final String OWN_FILES =
      DataMap.FILES + " union select id from attachment where" + " owner = ?";
  private static final String IS_ELSEWHERE = "select 1 from message_attachment a join message m"
      + " on m.id = a.entry_id where a.attachment_id = ? and m.conv_id not in ("
      + DataMap.CONVERSATIONS + ") limit 1";
  private static final String REMOVE_CHUNKS = "delete from attachment_chunk where attachment_id = ?"
      + " and number in (select number from attachment_chunk where attachment_id = ? limit ?)";
  private static final String REMOVE_FILE = "delete from attachment where id = ?";
  private static final String DETACH = "delete from message_attachment where attachment_id = ?";
  private static final String DETACH_OWN = "delete from message_attachment where attachment_id = ?"
      + " and entry_id in (select id from message where conv_id in (" + DataMap.CONVERSATIONS
      + "))";
  private static final String CLEAR_LANE =
      "update lane set last_error = null where conv_id = ? and last_error is not null";
  private static final String CLEAR_FAILURE =
      "update delivery_failure set reason = '' where conv_id = ? and reason <> ''";
  private static final String REMOVE_NOTES =
      "delete from case_note where id in" + " (select id from case_note where number = ? limit ?)";
  private static final String HISTORY = "select id, actor_role, actor_id, actor_name, field,"
      + " value_before, value_after from case_history where number = ? and id > ? order by id limit ?";
  private static final String CLEAR_HISTORY =
      "update case_history set actor_name = ?," + " value_before = ?, value_after = ? where id = ?";
  private static final String REMOVE_DRAFT = "delete from draft where agent = ? and subject = ?";
  private static final String REMOVE_PLANNED = "delete from scheduled_message where id in"
      + " (select id from scheduled_message where customer_id = ? limit ?)";
  private static final String REMOVE_MENTION = "delete from mention where id = ?";
  private static final String REMOVE_SEEN = "delete from seen where source = ? and key = ?";

  private final Place place;
  private final List<Long> customers;

  Erasing(Place place, List<Long> customers) {
    this.place = place;
    this.customers = customers;
  }

  /** Returns the owner of files that belong to customers who are erased, whatever the order in which they are named. */
  static String owner(List<Long> customers) {
    return Customer.ERASED + Collections.min(customers);
  }

  void run() {
    List<Long> conversations =
        place.read(session -> Rows.numbers(session, DataMap.CONVERSATIONS, customers));
    List<Long> cases = place.read(session -> Rows.numbers(session, CASES, customers));
    conversations.forEach(conversation -> clearMessages(place, conversation));
    cases.forEach(this::clearCards);
    removeFiles();
    conversations.forEach(conversation -> clearDeliveries(place, conversation));
    cases.forEach(this::clearCase);
    removeRows("draft", "agent, subject", REMOVE_DRAFT);
    customers.forEach(this::removeOf);
    removeRows("mention", "id", REMOVE_MENTION);
    // The keys of events contain ids of the channel. The records have no index by conversation:
    // they are read as a whole, once.
    removeRows("seen", "source, key", REMOVE_SEEN);
  }

  /** Clears the entries of a conversation that have words; returns how many there were. Writes nothing if there are none. */
  static long clearMessages(Place place, long conversation) {
    long cleared = 0;
    long after = 0;
    List<Entry> batch;
    do {
      long from = after;
      batch = place.read(session -> session.list(
          MESSAGES,
          row -> new Entry(
              row.getLong(1),
              row.getString(2),
              row.getString(3) == null && row.getString(4) == null),
          conversation,
          from,
          BATCH));
      List<Entry> wordy = batch.stream().filter(Entry::isWordy).toList();
      if (!wordy.isEmpty()) {
        cleared += place.write((session, transaction) -> clear(session, wordy));
      }
      after = batch.isEmpty() ? after : batch.get(batch.size() - 1).id();
    } while (batch.size() == BATCH);
    return cleared;
  }

  private static int clear(Session session, List<Entry> entries) {
    for (Entry entry : entries) {
      session.update(CLEAR_MESSAGE, ErasedTexts.body(entry.body()), entry.id());
      session.update(FORGET_WORDS, entry.id());
    }
    return entries.size();
  }

  private void clearCards(long number) {
    var unused = place.write((session, transaction) -> {
      List<Entry> cards = session.list(
          CARDS, row -> new Entry(row.getLong(1), row.getString(2), true), "card-" + number, BATCH);
      cards.forEach(card -> session.update(CLEAR_CARD, ErasedTexts.body(card.body()), card.id()));
      return cards.size();
    });
  }

  private void removeFiles() {
    List<String> files = place.read(session -> {
      List<Object> parameters =
          new ArrayList<>(List.of(DataMap.parameters(DataMap.FILES, customers)));
      parameters.add(owner(customers));
      return session.list(
          DataMap.filled(OWN_FILES, customers.size()),
          row -> row.getString(1),
          parameters.toArray());
    });
    files.forEach(this::removeFile);
  }

  /** A file that somebody else's message has too stays with that message. */
  private void removeFile(String id) {
    boolean isElsewhere = place.read(session -> session
        .first(DataMap.filled(IS_ELSEWHERE, customers.size()), row -> true, with(id))
        .isPresent());
    if (isElsewhere) {
      var unused = place.write((session, transaction) ->
          session.update(DataMap.filled(DETACH_OWN, customers.size()), with(id)));
      return;
    }
    removeContent(place, id);
  }

  /** Removes a file, its pieces first. */
  static void removeContent(Place place, String id) {
    untilDone(
        place, (session, transaction) -> session.update(REMOVE_CHUNKS, id, id, CHUNKS), CHUNKS);
    // Last: until then a new process finds the file by its message.
    var unused = place.write(
        (session, transaction) -> session.update(REMOVE_FILE, id) + session.update(DETACH, id));
  }

  private Object[] with(String id) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(id);
    parameters.addAll(customers);
    return parameters.toArray();
  }

  /** Clears the reasons of failed deliveries. */
  static void clearDeliveries(Place place, long conversation) {
    var unused = place.write((session, transaction) ->
        session.update(CLEAR_LANE, conversation) + session.update(CLEAR_FAILURE, conversation));
  }

  private void clearCase(long number) {
    untilDone(place, (session, transaction) -> session.update(REMOVE_NOTES, number, BATCH), BATCH);
    long after = 0;
    while (after >= 0) {
      long from = after;
      after = place.write((session, transaction) -> clearHistory(session, number, from));
    }
    var unused = place.write(
        (session, transaction) -> session.update("delete from case_words where rowid = ?", number));
  }

  private static long clearHistory(Session session, long number, long after) {
    List<Change> batch = session.list(
        HISTORY,
        row -> new Change(
            row.getLong(1),
            row.getString(2).equals("CUSTOMER")
                ? ErasedTexts.customer(row.getString(3))
                : row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7)),
        number,
        after,
        BATCH);
    for (Change each : batch) {
      session.update(
          CLEAR_HISTORY,
          each.actor(),
          ErasedTexts.value(each.field(), each.before()),
          ErasedTexts.value(each.field(), each.after()),
          each.id());
    }
    return batch.size() < BATCH ? -1 : batch.get(batch.size() - 1).id();
  }

  private void removeOf(long customer) {
    untilDone(
        place, (session, transaction) -> session.update(REMOVE_PLANNED, customer, BATCH), BATCH);
    var unused = place.write((session, transaction) ->
        session.update("delete from customer_words where rowid = ?", customer));
  }

  /**
   * Removes the rows of a table that are about the customers.
   *
   * @param key the columns of its key, as {@code remove} expects them
   */
  private void removeRows(String table, String key, String remove) {
    DataMap.Table about = DataMap.table(table);
    List<Object[]> gone = place.read(session -> session.list(
        "select " + key + " from " + table + " where "
            + about.rows(session.sql(), customers.size()),
        Erasing::values,
        about.parameters(customers)));
    for (int from = 0; from < gone.size(); from += BATCH) {
      List<Object[]> some = gone.subList(from, Math.min(from + BATCH, gone.size()));
      var unused = place.write((session, transaction) -> {
        some.forEach(each -> session.update(remove, each));
        return true;
      });
    }
  }

  private static Object[] values(ResultSet row) throws SQLException {
    Object[] values = new Object[row.getMetaData().getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getObject(i + 1);
    }
    return values;
  }

  /** Repeats a step that changes at most that many rows until it changes fewer. */
  private static void untilDone(Place place, Place.Writing<Integer> step, int most) {
    while (place.write(step) >= most) {
      // A full batch was changed: there may be more.
    }
  }

  private record Entry(long id, String body, boolean isNameless) {
    boolean isWordy() {
      return !isNameless || !ErasedTexts.body(body).equals(body);
    }
  }

  private record Change(long id, String actor, String field, String before, String after) {}
}
