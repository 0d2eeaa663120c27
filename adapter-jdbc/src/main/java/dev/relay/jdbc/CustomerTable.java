package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Transaction.Needs;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Rows;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table {@code customer}. */
final class CustomerTable {
  private static final String COLUMNS = "id, channel, external_id, data";
  private static final String SELECT = "select " + COLUMNS + " from customer where ";
  private static final String BY_ID = SELECT + "id = ?";
  private static final String BY_PERSON = SELECT + "channel = ? and external_id = ?";
  private static final Rows ALL_OF_PEOPLE = new Rows(
      "customer",
      "select " + COLUMNS + " from (values ",
      "(cast(? as text), cast(? as text))",
      ") as wanted cross join customer c where c.channel = wanted.column1"
          + " and c.external_id = wanted.column2",
      false);
  private static final Rows ALL_OF_IDS = new Rows(
      "customer",
      "select " + COLUMNS + " from (values ",
      "(cast(? as bigint))",
      ") as wanted cross join customer c where c.id = wanted.column1",
      false);
  private static final String SAVE =
      "insert into customer (id, channel, external_id, head, data) values (?, ?, ?, ?, ?)"
          + " on conflict (id) do update set channel = excluded.channel,"
          + " external_id = excluded.external_id, head = excluded.head, data = excluded.data";
  private static final String IDS = "(select ? union select coalesce(head, id) from customer"
      + " where id = ? union select id from customer"
      + " where head = (select coalesce(head, id) from customer where id = ?))";
  /** A condition for the rows of a customer and all who are the same, whose parameters are {@link #same}. */
  static final String OF_SAME = "customer_id in " + IDS;

  private static final String SAME = SELECT + "id in " + IDS + " order by id limit ?";

  private final Session session;
  private final ReadableRows readable;
  private final Remembered remembered;

  CustomerTable(Session session, ReadableRows readable, Remembered remembered) {
    this.session = session;
    this.readable = readable;
    this.remembered = remembered;
  }

  Optional<Customer> find(CustomerId id) {
    return remembered
        .customer(id)
        .or(() -> session.first(BY_ID, CustomerTable::read, id.value()).map(remembered::remember));
  }

  Optional<Customer> find(PortId channel, String externalId) {
    return remembered
        .customer(channel, externalId)
        .or(() -> session
            .first(BY_PERSON, CustomerTable::read, channel.value(), externalId)
            .map(remembered::remember));
  }

  /** Looks up customers that are not remembered yet. */
  void prefetch(Collection<Needs.Person> people, Collection<CustomerId> ids) {
    remember(session.lookUp(
        ALL_OF_PEOPLE,
        readable.each(CustomerTable::read),
        people.stream()
            .filter(it -> remembered.customer(it.channel(), it.externalId()).isEmpty())
            .map(it -> new Object[] {it.channel().value(), it.externalId()})
            .toList()));
    remember(session.lookUp(
        ALL_OF_IDS,
        readable.each(CustomerTable::read),
        ids.stream()
            .filter(it -> remembered.customer(it).isEmpty())
            .map(it -> new Object[] {it.value()})
            .toList()));
  }

  private void remember(List<Optional<Customer>> found) {
    found.stream().flatMap(Optional::stream).forEach(remembered::remember);
  }

  List<Customer> findSame(CustomerId id) {
    return readable.list(
        session, SAME, CustomerTable::read, Customer.Same.MAX, same(id).toArray());
  }

  /** Returns the parameters of {@link #OF_SAME}. */
  static List<Object> same(CustomerId id) {
    return List.of(id.value(), id.value(), id.value());
  }

  void save(Customer customer) {
    session.update(
        SAVE,
        customer.id().value(),
        customer.channel().value(),
        customer.externalId(),
        customer.merge().map(merge -> merge.head().value()),
        data(customer));
    var unused = remembered.remember(customer);
  }

  private static String data(Customer customer) {
    return Json.object(json -> {
      json.writeStringField("name", customer.displayName());
      json.writeStringField("locale", customer.locale().toLanguageTag());
      Json.texts(json, "roles", customer.roles());
      Json.time(json, "firstSeenAt", customer.firstSeenAt());
      if (!customer.toldOfCases()) {
        json.writeBooleanField("toldOfCases", false);
      }
      if (customer.block().isPresent()) {
        Customer.Block block = customer.block().get();
        json.writeObjectFieldStart("block");
        json.writeStringField("reason", block.reason());
        Json.optionalTime(json, "until", block.until());
        json.writeEndObject();
      }
      if (customer.merge().isPresent()) {
        Customer.Merge merge = customer.merge().get();
        json.writeObjectFieldStart("merge");
        json.writeNumberField("into", merge.into().value());
        json.writeNumberField("head", merge.head().value());
        Json.participant(json, "by", merge.by());
        Json.time(json, "at", merge.at());
        json.writeStringField("reason", merge.reason());
        json.writeEndObject();
      }
    });
  }

  private static Customer read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("customer", row.getLong(1), e);
    }
  }

  private static Customer decoded(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString(4));
    Optional<Customer.Block> block = Optional.empty();
    if (data.hasNonNull("block")) {
      JsonNode it = data.get("block");
      block =
          Optional.of(new Customer.Block(Json.text(it, "reason"), Json.optionalTime(it, "until")));
    }
    return new Customer(
        new CustomerId(row.getLong(1)),
        new PortId(row.getString(2)),
        row.getString(3),
        Json.text(data, "name"),
        Locale.forLanguageTag(Json.text(data, "locale")),
        Set.copyOf(Json.texts(data, "roles")),
        block,
        Json.time(data, "firstSeenAt"),
        data.path("toldOfCases").asBoolean(true),
        merge(data));
  }

  private static Optional<Customer.Merge> merge(JsonNode data) {
    if (!data.hasNonNull("merge")) {
      return Optional.empty();
    }
    JsonNode merge = data.get("merge");
    return Optional.of(new Customer.Merge(
        new CustomerId(Json.number(merge, "into")),
        new CustomerId(Json.number(merge, "head")),
        Json.participant(merge, "by"),
        Json.time(merge, "at"),
        Json.text(merge, "reason")));
  }
}
