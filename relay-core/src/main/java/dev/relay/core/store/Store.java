package dev.relay.core.store;

import dev.relay.core.customer.Customer;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The port to the storage of Relay's state. Thread-safe. The rules are in docs/store-contract.md; the test kit's StoreContract
 * checks them.
 */
public interface Store extends AutoCloseable {

  /**
   * Runs the work in one transaction. When this method returns, all of the work survives a crash (S1.1). When it throws, none of
   * it is visible (S1.2), except that after a {@link StoreException} from the commit itself either may be true. Writes happen
   * one after the other, as if there were no others (S1.3). The work may be run again after a conflict, so it must have no other
   * effects. May block.
   */
  <T> T write(Function<Transaction, T> work);

  /** Runs queries on one consistent state, without blocking writes (S1.4). Must be short. May block. */
  <T> T read(Function<Queries, T> query);

  /**
   * Runs queries that search, which may take much longer than a look-up, as {@link #read} does. A store gives them places of their own and
   * a time limit, so that searches cannot hold up anything else. May block.
   *
   * @throws StoreException if the search takes too long
   */
  default <T> T search(Function<Queries, T> query) {
    return read(query);
  }

  /** Returns the store of attachments' contents. */
  Attachments attachments();

  /** Returns what the store can do with customers' data as a whole; empty if it cannot. */
  default Optional<PersonalData> personalData() {
    return Optional.empty();
  }

  /** Reports the store's health. May run a small query. */
  Health health();

  /** Finishes all work in order and closes the store. Closing again has no effect. */
  @Override
  void close();

  /**
   * The data of one customer as a whole: handed out to them, or erased at their request. Customers who are the same are one. Thread-safe;
   * the methods may block for long, but hold up no other write for more than some milliseconds.
   */
  interface PersonalData {

    /**
     * Counts what the store has about a customer, by the kind of data, such as {@code messages}; what there is none of is absent.
     *
     * @return empty if there is no such customer
     */
    Optional<SortedMap<String, Long>> count(CustomerId customer);

    /**
     * Erases the texts, names, addresses and files of a customer; numbers, kinds and times stay. An erasure that was interrupted is
     * completed by repeating it. Repeating a complete one erases what was written about the customer since, and returns its record. When
     * this returns, nothing of it can be read from the store's own files any longer, apart from the {@link Erasure#remains}.
     *
     * @param actor whoever asked for it, for the record
     */
    Erased erase(CustomerId customer, Participant actor);

    /**
     * Counts what {@link #eraseBefore} would erase, by the kind of data; what there is none of is absent. What was erased earlier counts
     * again, as far as its rows stay.
     */
    SortedMap<String, Long> countBefore(Instant moment);

    /**
     * Erases the texts and files of conversations that ended long ago. Customers, cases, addresses and ratings' scores stay. Left out are
     * conversations whose case is not solved, and those with messages that have not been delivered. If it is interrupted, a repeat does the
     * rest.
     *
     * @param moment a conversation in which somebody wrote at that time or later is left out
     * @param actor whoever asked for it, for the record
     */
    Erasure eraseBefore(Instant moment, Participant actor);

    /** Completes the erasures that were interrupted, for example by the end of the process. Returns how many there were. */
    int completeErasures();

    /** Returns the records of erasures, newest first, at most {@code limit}. */
    List<Erasure> erasures(int limit);

    /**
     * Writes everything about a customer as a ZIP archive: one JSON file for each kind of data, and the files that were sent.
     *
     * @param target receives the archive; not closed
     * @return false, and nothing is written, if there is no such customer
     */
    boolean handOut(CustomerId customer, OutputStream target) throws IOException;

    /** The result of a request to erase a customer's data. */
    sealed interface Erased {

      /** The data are erased, now or earlier. */
      record Done(Erasure record) implements Erased {}

      /**
       * Nothing was changed, because these conversations have not ended: whoever talks to the customer would lose the thread, and the
       * next message would bring the data back.
       */
      record Open(List<ConversationId> conversations) implements Erased {
        /** Copies the list, so that the result cannot change. */
        public Open {
          conversations = List.copyOf(conversations);
        }
      }

      /** There is no such customer. */
      record Unknown() implements Erased {}
    }

    /**
     * The record of an erasure, without any data of the customer.
     *
     * @param id grows with each erasure
     * @param customers the numbers of the customers, who were the same; none if old conversations of all customers were erased
     * @param before the time before which conversations were erased; empty if it was a customer's erasure
     * @param actor whoever asked for it
     * @param begunAt when it began; from then on nobody finds the customer
     * @param endedAt when it was complete; empty if it was interrupted
     * @param counts what was erased, by the kind of data
     * @param remains why some of it may still be readable in the store's files; empty if nothing is known to be
     */
    record Erasure(
        long id,
        List<CustomerId> customers,
        Optional<Instant> before,
        String actor,
        Instant begunAt,
        Optional<Instant> endedAt,
        SortedMap<String, Long> counts,
        Optional<String> remains) {}

    /**
     * Begins an erasure in a transaction: closes and clears the customer's cases and clears their conversations and the customer
     * themselves, so that nothing reaches them any longer and nothing finds them. Lanes are emptied; a delivery that is under way is
     * fenced. Cards of the cases in the community are brought up to date. Repeating it changes only what was written since.
     *
     * @return the conversations that prevent it; none if it has begun
     */
    static List<ConversationId> begin(
        Transaction transaction, List<Customer> same, Participant actor, Instant now) {
      return new ErasureBeginning(transaction, same, actor, now).begin();
    }
  }
}
