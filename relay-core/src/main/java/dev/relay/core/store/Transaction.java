package dev.relay.core.store;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The changes that one transaction can make to a store. Data read within it is locked for update: nobody else changes it before
 * the transaction ends. Not thread-safe.
 */
public interface Transaction extends Queries {

  /**
   * Announces what the transaction will ask for, so that a store can read all of it in a few queries. Changes nothing: a later read returns
   * what it would have returned without it, of what is named and of everything else. A store need not do anything.
   */
  default void prefetch(Needs needs) {}

  /**
   * Writes what the store has put off so far, and throws what the change would have thrown that cannot be written. A store that writes at
   * once has nothing to do. Every read sees the changes of its transaction with and without it.
   */
  default void flush() {}

  /**
   * What the events of a group will ask for. Immutable.
   *
   * @param events the events themselves, which may have been applied before
   * @param addresses the addresses whose open conversations are needed
   * @param people the customers who wrote, as their channels know them
   * @param conversations the conversations that are needed, with their customers
   */
  record Needs(
      Set<EventKey> events,
      Set<CustomerAddress> addresses,
      Set<Person> people,
      Set<ConversationId> conversations) {

    public static final Needs NONE = new Needs(Set.of(), Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public Needs {
      events = Set.copyOf(events);
      addresses = Set.copyOf(addresses);
      people = Set.copyOf(people);
      conversations = Set.copyOf(conversations);
    }

    /** A customer as a channel knows them. */
    public record Person(PortId channel, String externalId) {}

    /** Returns what all of these need. */
    public static Needs all(Collection<Needs> each) {
      return each.size() == 1
          ? each.iterator().next()
          : new Needs(
              union(each, Needs::events),
              union(each, Needs::addresses),
              union(each, Needs::people),
              union(each, Needs::conversations));
    }

    private static <T> Set<T> union(Collection<Needs> each, Function<Needs, Set<T>> part) {
      return each.stream().flatMap(it -> part.apply(it).stream()).collect(Collectors.toSet());
    }
  }

  /** Returns an id for a new conversation; ids grow. */
  ConversationId newConversationId();

  /** Returns an id for a new customer; ids grow. */
  CustomerId newCustomerId();

  /** Returns a number for a new case; numbers grow from 1001. */
  CaseNumber newCaseNumber();

  /**
   * Saves a conversation: inserts it if its version is 0, else replaces exactly that version.
   *
   * @return the saved conversation, with the next version
   * @throws StoreException if the store has another version
   * @throws StoreException.BadData if the store has another open conversation at the address
   */
  Conversation save(Conversation conversation);

  /** Saves a customer, new or changed. */
  void save(Customer customer);

  /** Saves a case as {@link #save(Conversation)} does. */
  SupportCase save(SupportCase supportCase);

  /**
   * Saves a message that is written later: gives it an id if its id is 0, else replaces it.
   *
   * @return the message with its id
   */
  Scheduled save(Scheduled scheduled);

  /**
   * Saves a planned announcement: gives it an id if its id is 0, else replaces it.
   *
   * @return the announcement with its id
   */
  Planned save(Planned planned);

  /** Saves a queue, new or changed, with its members. */
  void save(Team.Queue queue);

  /** Saves the presence of an agent, new or changed. */
  void save(Team.Presence presence);

  /**
   * Saves a mention: gives it an id if its id is 0, and forgets the oldest mentions of its agent beyond {@value Team.Mention#MOST};
   * else replaces it.
   */
  void save(Team.Mention mention);

  /** Adds to the history of a case. */
  void addHistory(List<CaseHistoryEntry> history);

  /** Adds a note to a case. */
  CaseNote addNote(CaseNumber number, Participant author, Instant at, String text);

  /** Makes all notes of a case notes of another one, where they keep their ids, authors and times. */
  void moveNotes(CaseNumber from, CaseNumber to);

  /** Records an event as applied; returns false, and does nothing, if it was applied before. */
  boolean markSeen(EventKey key, Receipt receipt, Instant at);

  /** Removes the records of events that were applied before a moment, at most {@code limit}; returns how many. */
  int forgetSeen(Instant before, int limit);

  /** Stores how far a channel has read at an address. */
  void savePosition(CustomerAddress address, String position, Instant at);

  /**
   * Adds an entry to a transcript. If the destination has a lane, the entry gets the lane's next place, the lane now belongs to
   * that port, and the lane becomes due now if it was empty; a parked lane stays parked, and a lane that waits keeps waiting. A
   * lane that passes to another port is due now, neither parked nor with failed attempts, unless it is claimed: what kept one
   * port from accepting the entries says nothing of the other.
   */
  TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at);

  /**
   * Claims due lanes of a port, the longest due first: each belongs to the owner until the lease ends, under the next epoch. A
   * lane whose last owner neither settled nor returned it is claimed in doubt. A lane that seems to wait for longer than {@link
   * Lane#LONGEST_WAIT} is due as well. A lane to a customer is not claimed while a lane to the same address of an older
   * conversation has entries and is not parked, so that the order of messages holds for the customer. Of the lanes of one address to a
   * desk or the virtual agent, at most one is held at a time through one port, so that no address takes all slots of a port.
   */
  List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit);

  /**
   * Ends an attempt: moves the lane according to the settlement, if the lane is still held under that epoch and that entry is still
   * at its head; otherwise changes nothing and returns {@link Settled.Fenced}. A settlement whose commit failed can therefore
   * be repeated without moving the lane twice.
   *
   * @param lane the lane
   * @param epoch the epoch of the claim
   * @param sequence the place of the entry that was attempted
   * @param settlement the result of the attempt
   * @param now the end of the attempt
   */
  Settled settle(LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now);

  /**
   * Makes a parked lane due at once, under the next epoch, and resets its attempts. A doubt with which it was parked stays.
   *
   * @param actor whoever requested it, recorded with the failures
   * @return false if the lane is not parked
   */
  boolean retry(LaneKey lane, Participant actor, Instant now);

  /**
   * Skips the entry at the head of a parked lane, records that as a failure of the entry, and makes the lane due for the next
   * one under the next epoch.
   *
   * @param actor whoever requested it, recorded with the failures
   * @return false if the lane is not parked
   */
  boolean skip(LaneKey lane, Participant actor, Instant now);

  /**
   * Acquires or renews a lease: a name that at most one owner holds at a time. A lease that ends later than twice the requested
   * length from now was acquired before the clock was set back, and counts as ended.
   *
   * @param name the leased name, 1 to 60 characters
   * @param owner the requesting owner
   * @param now the current time
   * @param until the end of the lease unless it is renewed
   * @return false, and nothing changed, if another owner holds the lease at that moment
   */
  boolean takeLease(String name, String owner, Instant now, Instant until);

  /** Returns a lease before it ends; has no effect if the owner does not hold it. */
  void giveUpLease(String name, String owner);

  /**
   * Makes lanes of a port due that wait because of its outage ({@link Lane.Settlement.Again.Cause#OUTAGE}) and are neither claimed
   * nor parked. Lanes that wait for a reason of their own are left as they are. The lanes become due spread over a time, each at a
   * moment that depends on its key alone.
   *
   * @param now the beginning of that time
   * @param spread its length, at least a millisecond; lanes that are due within it are left as they are
   * @return how many lanes were changed, at most {@code limit}
   */
  int makeDue(PortId port, Instant now, Duration spread, int limit);

  /**
   * Makes one lane due at that moment that waits for a later attempt, whatever the cause.
   *
   * @return false, and nothing is changed, if the lane belongs to another port, or is claimed, parked, empty, or due by then already
   */
  boolean makeDue(LaneKey lane, PortId port, Instant at);

  /** Removes the backlog of a lane, under the next epoch, so that nobody delivers it any longer. */
  void drop(LaneKey lane);
}
