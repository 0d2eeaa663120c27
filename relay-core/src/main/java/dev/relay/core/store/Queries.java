package dev.relay.core.store;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.LeftOut;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queries of a store. Lists are bounded by the given limit, at most 1,000; "after" is exclusive. Not thread-safe: used by
 * one thread within one read or write.
 *
 * <p>One datum that cannot be read concerns nothing else (S6.8): an entry has the content {@link EntryContent.Unreadable}, a list of
 * anything else leaves it out and the store logs it, and a query for exactly that datum throws {@link StoreException.BadData}.
 */
public interface Queries {

  /**
   * The number of addresses without an open conversation that are read again after a restart: a minute of Discord's requests.
   */
  int RECENT_POSITIONS = 1_000;

  /** Returns the conversation with that id. */
  Optional<Conversation> conversation(ConversationId id);

  /** Returns the conversation at that address that is not closed. */
  Optional<Conversation> activeConversation(CustomerAddress address);

  /**
   * Returns the newest conversation at that address, closed or not, that is older than a given one.
   *
   * @param before a conversation that is newer, and all that follow it; empty for the newest of all
   */
  Optional<Conversation> latestConversation(
      CustomerAddress address, Optional<ConversationId> before);

  /** Returns the conversations that match the filter, in its order, after the given one. */
  List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit);

  /**
   * Returns the waiting conversations of all queues after that place, in the order of their turns: higher priorities first, then
   * the longest waiting, equal turns by id.
   */
  default List<Conversation> waiting(Optional<WaitingPlace> after, int limit) {
    return waitingWithin(Team.Scope.ALL, after, limit);
  }

  /** Returns the waiting conversations that a reader may see, after that place, in the same order. */
  List<Conversation> waitingWithin(Team.Scope scope, Optional<WaitingPlace> after, int limit);

  /** Returns the number of conversations in each state other than closed; every such state is present. */
  Map<ConversationState, Long> openConversations();

  /**
   * Returns the number of conversations in each state other than closed, by {@linkplain Conversation#queue queue}; what is absent is
   * zero.
   */
  Map<QueueName, Map<ConversationState, Long>> openByQueue();

  /** Returns the queues that were set up, ordered by name. */
  List<Team.Queue> queues();

  /** Returns the live agents of Relay's own desk, ordered by id, at most 1,000; none if the store has no accounts. */
  List<Team.Member> members();

  /** Returns the mentions of an agent that came after one, 0 for all, newest first, at most {@code limit}. */
  List<Team.Mention> mentions(String agent, long after, int limit);

  /** Returns the live agents of Relay's own desk and the queues that were set up. */
  default Team team() {
    return new Team(queues(), members());
  }

  /** Returns the number of live conversations of each live agent, by the agent's id; agents without any are absent. */
  Map<String, Long> liveByAgent();

  /** Returns the number of other conversations that wait in that queue. */
  int waitingIn(QueueName queue, ConversationId except);

  /** Returns the number of other conversations in that queue whose turn comes before that turn of a conversation. */
  int waitingBefore(QueueName queue, Instant turn, ConversationId waiting);

  /** Returns the 1-based place of a waiting conversation in its queue, by turn; empty if it does not wait. */
  Optional<Integer> queuePosition(ConversationId waiting);

  /** Returns the entries of a conversation with ids after that one, oldest first. */
  List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit);

  /** Returns the last entries of a conversation, oldest first. */
  default List<TranscriptEntry> latestEntries(ConversationId id, int limit) {
    return latestEntries(id, new EntryId(Long.MAX_VALUE), limit);
  }

  /** Returns the last entries of a conversation up to and including that one, oldest first. */
  List<TranscriptEntry> latestEntries(ConversationId id, EntryId upTo, int limit);

  /** Returns the entries of all conversations at an address with ids after that one, oldest first. */
  List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit);

  /** Checks whether a file is part of a message at that address that has not been deleted. */
  boolean isShown(String attachment, CustomerAddress address);

  /** Returns the entry with that id. */
  Optional<TranscriptEntry> entry(EntryId id);

  /** Returns the first entry of a conversation from that side to which its source gave that id. */
  Optional<TranscriptEntry> entryBySource(ConversationId conversation, Side side, String sourceId);

  /** Returns the announcements after that one, oldest first. */
  List<TranscriptEntry> announcements(EntryId after, int limit);

  /** Returns the customer with that id. */
  Optional<Customer> customer(CustomerId id);

  /** Returns the customer to whom that channel gave that id. */
  Optional<Customer> customer(PortId channel, String externalId);

  /** Returns a customer and all who are the same, ordered by id; empty if there is no such customer. */
  List<Customer> sameCustomers(CustomerId id);

  /** Returns the case with that number. */
  Optional<SupportCase> supportCase(CaseNumber number);

  /** Returns the case with that number or, if it was merged, the case that remains of it. */
  default Optional<SupportCase> remainingCase(CaseNumber number) {
    Optional<SupportCase> found = supportCase(number);
    while (found.flatMap(SupportCase::merge).isPresent()) {
      found = found.flatMap(SupportCase::merge).flatMap(merge -> supportCase(merge.into()));
    }
    return found;
  }

  /** Returns the cases that match the filter, newest first, after (older than) the given one. */
  List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit);

  /** Returns the most recently changed case of a customer and all who are the same; of several changed at one moment the newest. */
  Optional<SupportCase> latestCase(CustomerId customer);

  /** Returns the notes on a case, oldest first. */
  List<CaseNote> notes(CaseNumber number, int limit);

  /** Returns the history of a case, oldest first. */
  List<CaseHistoryEntry> history(CaseNumber number, int limit);

  /** Returns the message with that id that was planned for a later time. */
  Optional<Scheduled> scheduled(long id);

  /** Returns the messages that were planned for a customer and all who are the same, in every state, the last planned first. */
  List<Scheduled> scheduledFor(CustomerId customer, int limit);

  /** Returns the ids of the planned messages whose time has come and that still wait, the longest due first. */
  List<Long> scheduledDue(Instant now, int limit);

  /** Returns the receipt of an event that was applied before. */
  Optional<Receipt> seen(EventKey key);

  /** Returns the lane with that key. */
  Optional<Lane> lane(LaneKey key);

  /** Returns all lanes of a conversation. */
  List<Lane> lanes(ConversationId conversation);

  /** Returns the parked lanes in the order of their keys (conversation, then destination), after that one. */
  List<Lane> parkedLanes(Optional<LaneKey> after, int limit);

  /**
   * Returns the parked lanes of a port whose last failure's reason contains that text, in the order of their keys, after that one.
   *
   * @param reason a part of the reason, compared exactly; empty for all lanes of the port
   */
  List<Lane> parkedLanes(PortId port, String reason, Optional<LaneKey> after, int limit);

  /** Returns the parked lanes of all conversations at an address, those of the newest conversation first. */
  List<Lane> parkedLanesAt(CustomerAddress address, int limit);

  /** Returns the entries of a conversation that were left out, in the order of their lanes and places. */
  List<LeftOut> leftOut(ConversationId conversation, int limit);

  /** Returns the entry at that place in that lane. */
  Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence);

  /** Returns the failures of a lane's entries, newest first. */
  List<DeliveryFailure> failures(LaneKey lane, int limit);

  /** Returns the backlog of each port with waiting entries or parked lanes, by the port's id. */
  List<Backlog> backlogs();

  /** Returns the number of parked lanes of all ports. */
  long parkedCount();

  /**
   * Returns when the next lane of that port can be claimed, no later than now for one that is due; empty if none waits. A lane that
   * only waits until another lane of its address is released counts as due.
   *
   * @param now the current time, by which {@link Transaction#claim} detects lanes that were given a time while the clock was ahead
   */
  Optional<Instant> nextLaneDue(PortId port, Instant now);

  /** Returns how far the channel has read at an address; empty if no position was saved. */
  Optional<String> position(CustomerAddress address);

  /**
   * Returns the reading positions of a channel: first at each address of a conversation that is not closed, then at the other
   * addresses, most recently saved first, at most {@value #RECENT_POSITIONS} of them.
   */
  List<ChannelPosition> positions(PortId channel);

  /** Returns the conversations whose timer is due, the longest due first. */
  List<ConversationId> conversationsDue(Instant now, int limit);

  /** Returns the cases whose timer is due, the longest due first. */
  List<CaseNumber> casesDue(Instant now, int limit);

  /** Returns the conversations whose timer is set later than that, the latest first. */
  List<ConversationId> conversationsAhead(Instant after, int limit);

  /** Returns the solved and pending cases whose timer is set later than that, the latest first. */
  List<CaseNumber> casesAhead(Instant after, int limit);

  /** Returns when the next timer of any conversation, case or planned message is due; empty if none is set. */
  Optional<Instant> nextTimer();

  /**
   * The backlog of one port's lanes.
   *
   * @param port the port
   * @param entries the entries that wait in lanes that are not parked
   * @param oldest when Relay accepted the oldest head of a lane that is not parked
   * @param parked the parked lanes
   */
  record Backlog(PortId port, long entries, Optional<Instant> oldest, long parked) {}

  /**
   * A place among all waiting conversations. It stays the same place after the conversation that had it has been accepted.
   *
   * @param turn the conversation's turn, as its state has it
   * @param conversation the conversation
   */
  record WaitingPlace(Instant turn, ConversationId conversation) {}
}
