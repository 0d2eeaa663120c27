package dev.relay.jdbc.privacy;

import dev.relay.core.id.CustomerId;
import dev.relay.jdbc.file.Session;
import java.util.List;

/** Look-ups that several steps share. */
final class Rows {
  private static final String SAME = "select id from customer where id = ? or head = ? or id in"
      + " (select head from customer where id = ?) or head in (select head from customer where id = ?)"
      + " order by id";

  private Rows() {}

  /** Returns the numbers of a customer and of all who are the same, ordered; none if there is no such customer. */
  static List<Long> same(Session session, CustomerId customer) {
    long id = customer.value();
    return session.list(SAME, row -> row.getLong(1), id, id, id, id);
  }

  /** Returns the numbers that a query has in its first column. */
  static List<Long> numbers(Session session, String query, List<Long> customers) {
    return session.list(
        DataMap.filled(query, customers.size()),
        row -> row.getLong(1),
        DataMap.parameters(query, customers));
  }
}
