package dev.relay.core.store;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.CaseNote;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be changed in a store, within one transaction. What is read in it is read for update: nobody else changes it before
 * the transaction ends. Not thread-safe.
 */
public interface Transaction extends Queries {

  /** An id for a new conversation; grows. */
  ConversationId newConversationId();

  /** An id for a new customer; grows. */
  CustomerId newCustomerId();

  /** A number for a new case; grows, the first one is 1001. */
  CaseNumber newCaseNumber();

  /**
   * Saves a conversation: inserts it where its version is 0, else replaces exactly that version; the saved one has the next
   * version. Throws a {@link StoreException} on another version, or where the address has another one that is not closed.
   */
  Conversation save(Conversation conversation);

  /** Saves a customer, new or changed. */
  void save(Customer customer);

  /** Saves a case as {@link #save(Conversation)} does. */
  SupportCase save(SupportCase supportCase);

  /** Adds to the history of a case. */
  void addHistory(List<CaseHistoryEntry> history);

  /** Adds a note to a case. */
  CaseNote addNote(CaseNumber number, Participant author, Instant at, String text);

  /** Remembers an event as applied; answers false, and does nothing, where it was applied before. */
  boolean markSeen(EventKey key, Receipt receipt, Instant at);

  /** Forgets events that were applied before that moment, at most that many; answers how many. */
  int forgetSeen(Instant before, int limit);

  /** Remembers how far a channel has read at an address. */
  void savePosition(CustomerAddress address, String position, Instant at);

  /**
   * Adds an entry to a transcript. Where the destination has a lane, the entry gets the lane's next place, the lane now belongs
   * to that port, and becomes due now if nothing was waiting in it; a parked lane stays parked, and one that waits goes on
   * waiting.
   */
  TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at);

  /**
   * Takes due lanes of a port, the longest due first: each now belongs to the owner until the lease ends, under the next epoch.
   * A lane whose last owner neither settled nor gave it back is taken in doubt.
   */
  List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit);

  /**
   * Ends an attempt: moves the lane on as the settlement says, if the lane is still held under that epoch and that entry is
   * still at its head; else changes nothing and answers {@link Settled.Fenced}. So a settlement whose commit ended with an
   * error can be repeated without moving the lane twice.
   *
   * @param lane which lane
   * @param epoch of the claim
   * @param sequence the place of the entry that was attempted
   * @param settlement how it ended
   * @param now when it ended
   */
  Settled settle(LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now);

  /**
   * Makes a parked lane due at once, its attempts forgotten, under the next epoch; false where it is not parked. A doubt with
   * which it was parked stays.
   *
   * @param actor who wants it, kept with what went wrong
   */
  boolean retry(LaneKey lane, Participant actor, Instant now);

  /**
   * Leaves out the entry at the head of a parked lane, keeps that as a failure of it, and makes the lane due for the next one
   * under the next epoch; false where it is not parked.
   *
   * @param actor who wants it, kept with what went wrong
   */
  boolean skip(LaneKey lane, Participant actor, Instant now);

  /**
   * Takes or renews a lease: a name that at most one owner holds at a time. False, and nothing changed, where another owner holds
   * it at that moment. A lease that ends later than twice the wanted length from now was taken before the clock was set back, and
   * counts as ended.
   *
   * @param name what is leased, 1 to 60 characters
   * @param owner who wants it
   * @param now what time it is
   * @param until when it ends unless it is renewed
   */
  boolean takeLease(String name, String owner, Instant now, Instant until);

  /** Gives a lease back before it ends; nothing happens where the owner does not hold it. */
  void giveUpLease(String name, String owner);

  /** Leaves out all that waits in a lane, under the next epoch, so that nobody delivers it any more. */
  void drop(LaneKey lane);
}
