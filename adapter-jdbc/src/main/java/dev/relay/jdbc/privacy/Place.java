package dev.relay.jdbc.privacy;

import dev.relay.core.store.Transaction;
import dev.relay.jdbc.file.Session;
import java.util.Collection;
import java.util.Optional;

/** The database whose data of customers are handed out and erased. Thread-safe. */
public interface Place {

  /** Runs work in one transaction, which may change anything. */
  <T> T write(Writing<T> work);

  /** Runs queries on one state. */
  <T> T read(Reading<T> query);

  /**
   * Overwrites what the database still holds of rows of those tables that were removed or changed, as far as it can.
   *
   * @return why some of it may still be readable; empty if nothing is known to be
   */
  Optional<String> overwrite(Collection<String> tables);

  /** Work in a transaction; the session and the transaction are the same. */
  interface Writing<T> {
    T run(Session session, Transaction transaction);
  }

  /** Queries on one state. */
  interface Reading<T> {
    T run(Session session);
  }
}
