package dev.relay.jdbc.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data of customers in a database: what there is of them, and what becomes of it. Thread-safe. */
public final class CustomerData implements PersonalData {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  /** Tables whose rows are parts of others and say nothing more, or would have to be read as a whole to be counted. */
  private static final List<String> NOT_COUNTED = List.of(
      "attachment_chunk",
      "message_attachment",
      "lane",
      "read_mark",
      "seen",
      "message_words",
      "customer_words",
      "case_words",
      "case_search");

  private static final String COLUMNS =
      "id, customers, actor, begun_at, ended_at, counts, remains, erased_before";
  private static final String RECORDS =
      "select " + COLUMNS + " from erasure order by id desc limit ?";
  private static final String RECORD = "select " + COLUMNS + " from erasure where id = ?";
  private static final String LATEST =
      "select " + COLUMNS + " from erasure where customers = ? order by id desc limit 1";
  private static final String UNFINISHED =
      "select " + COLUMNS + " from erasure where ended_at is null order by id limit ?";
  private static final String BEGUN = "insert into erasure (customers, actor, begun_at, counts)"
      + " values (?, ?, ?, ?) returning id";
  private static final String ENDED =
      "update erasure set ended_at = coalesce(ended_at, ?), remains = ? where id = ?";
  private static final String ERASED_BEFORE = "insert into erasure"
      + " (customers, actor, begun_at, ended_at, counts, remains, erased_before)"
      + " values ('', ?, ?, ?, ?, ?, ?) returning id";
  private static final int MOST_RECORDS = 1_000;

  private final Place place;
  private final InstantSource clock;

  /** Works in that database. */
  public CustomerData(Place place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
  }

  @Override
  public Optional<SortedMap<String, Long>> count(CustomerId customer) {
    return place.read(session -> {
      List<Long> same = Rows.same(session, customer);
      return same.isEmpty() ? Optional.empty() : Optional.of(count(session, same));
    });
  }

  private static SortedMap<String, Long> count(Session session, List<Long> customers) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (DataMap.Table table : DataMap.TABLES.values()) {
      if (table.reach().isPresent() && !NOT_COUNTED.contains(table.name())) {
        long rows = session
            .first(
                "select count(*) from " + table.name() + " where "
                    + table.rows(session.sql(), customers.size()),
                row -> row.getLong(1),
                table.parameters(customers))
            .orElse(0L);
        if (rows > 0) {
          counts.put(table.label(), rows);
        }
      }
    }
    return counts;
  }

  @Override
  public Erased erase(CustomerId customer, Participant actor) {
    Erased begun =
        place.write((session, transaction) -> begin(customer, actor, session, transaction));
    // A complete one is run again too: somebody may have written about the customer since, or the
    // log could not be emptied.
    return begun instanceof Erased.Done done ? new Erased.Done(complete(done.record())) : begun;
  }

  /** Begins an erasure, or begins the earlier one again. */
  private Erased begin(
      CustomerId customer, Participant actor, Session session, Transaction transaction) {
    List<Customer> same = transaction.sameCustomers(customer);
    if (same.isEmpty()) {
      return new Erased.Unknown();
    }
    List<Long> ids = same.stream().map(it -> it.id().value()).toList();
    Optional<Erasure> earlier = same.stream().allMatch(Customer::isErased)
        ? session.first(LATEST, CustomerData::record, written(same))
        : Optional.empty();
    String counts = written(count(session, ids));
    Addresses addresses = Addresses.of(session, ids);
    List<ConversationId> open = PersonalData.begin(transaction, same, actor, clock.instant());
    if (!open.isEmpty()) {
      return new Erased.Open(open);
    }
    addresses.forget(session);
    if (earlier.isPresent()) {
      return new Erased.Done(earlier.get());
    }
    long id = session
        .first(
            BEGUN,
            row -> row.getLong(1),
            written(same),
            actor.nameForColleagues(),
            clock.instant(),
            counts)
        .orElseThrow(() -> new StoreException("the database gave no id to an erasure"));
    return new Erased.Done(session.first(RECORD, CustomerData::record, id).orElseThrow());
  }

  /** Does all that is left to do; each step may be repeated. */
  private Erasure complete(Erasure begun) {
    List<Long> customers = begun.customers().stream().map(CustomerId::value).toList();
    new Erasing(place, customers).run();
    Optional<String> remains = place.overwrite(DataMap.TABLES.values().stream()
        .filter(DataMap.Table::isPersonal)
        .map(DataMap.Table::name)
        // Only SQLite has it, and overwrites its rows itself.
        .filter(name -> !name.equals("case_search"))
        .toList());
    return place.write((session, transaction) -> {
      session.update(ENDED, clock.instant(), remains, begun.id());
      return session.first(RECORD, CustomerData::record, begun.id()).orElseThrow();
    });
  }

  @Override
  public SortedMap<String, Long> countBefore(Instant moment) {
    return new OldConversations(place, moment).count();
  }

  @Override
  public Erasure eraseBefore(Instant moment, Participant actor) {
    Instant begin = clock.instant();
    SortedMap<String, Long> counts = new OldConversations(place, moment).erase();
    Optional<String> remains =
        place.overwrite(List.of("message", "message_words", "attachment", "attachment_chunk"));
    return place.write((session, transaction) -> {
      long id = session
          .first(
              ERASED_BEFORE,
              row -> row.getLong(1),
              actor.nameForColleagues(),
              begin,
              clock.instant(),
              written(counts),
              remains,
              moment)
          .orElseThrow(() -> new StoreException("the database gave no id to an erasure"));
      return session.first(RECORD, CustomerData::record, id).orElseThrow();
    });
  }

  @Override
  public int completeErasures() {
    List<Erasure> unfinished =
        place.read(session -> session.list(UNFINISHED, CustomerData::record, MOST_RECORDS));
    unfinished.forEach(this::complete);
    return unfinished.size();
  }

  @Override
  public List<Erasure> erasures(int limit) {
    return place.read(session ->
        session.list(RECORDS, CustomerData::record, Math.max(0, Math.min(limit, MOST_RECORDS))));
  }

  @Override
  public boolean handOut(CustomerId customer, OutputStream target) throws IOException {
    List<Long> same = place.read(session -> Rows.same(session, customer));
    if (same.isEmpty()) {
      return false;
    }
    new HandOut(place, same, clock.instant()).write(target);
    return true;
  }

  private static String written(List<Customer> same) {
    return String.join(",", same.stream().map(it -> it.id().toString()).sorted().toList());
  }

  private static String written(SortedMap<String, Long> counts) {
    try {
      return MAPPER.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts could not be written", e);
    }
  }

  private static Erasure record(ResultSet row) throws SQLException {
    try {
      return new Erasure(
          row.getLong(1),
          Arrays.stream(row.getString(2).split(","))
              .filter(it -> !it.isEmpty())
              .map(it -> new CustomerId(Long.parseLong(it)))
              .toList(),
          Columns.optionalTime(row, 8),
          row.getString(3),
          Columns.time(row, 4),
          Columns.optionalTime(row, 5),
          MAPPER.readValue(row.getString(6), new TypeReference<TreeMap<String, Long>>() {}),
          Columns.optionalText(row, 7));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw Columns.unreadable(
          "the record of an erasure", row.getLong(1), new IllegalStateException(e));
    }
  }
}
