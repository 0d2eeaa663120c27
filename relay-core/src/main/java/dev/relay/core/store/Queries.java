package dev.relay.core.store;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.CaseNote;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
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
import dev.relay.core.intake.ChannelPosition;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be asked of a store. Lists are bounded by the limit given, at most 1,000; "after" is exclusive. Not thread-safe:
 * used by one thread within one read or write.
 */
public interface Queries {

  /** How many addresses without an open conversation are looked at again after a restart: a minute of Discord's requests. */
  int RECENT_POSITIONS = 1_000;

  /** The conversation of that id. */
  Optional<Conversation> conversation(ConversationId id);

  /** The conversation at that address that is not closed. */
  Optional<Conversation> activeConversation(CustomerAddress address);

  /** The conversations that fit, in the filter's order, after that one of its order. */
  List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit);

  /** The conversations that wait, in whatever queue, after that place; the longest waiting first, equal times by id. */
  List<Conversation> waiting(Optional<WaitingPlace> after, int limit);

  /** How many conversations there are in each state other than closed; every such state is there. */
  Map<ConversationState, Long> openConversations();

  /** How many conversations each agent has live, by the agent's id; who has none is not there. */
  Map<String, Long> liveByAgent();

  /** How many conversations that are not this one wait in that queue. */
  int waitingIn(QueueName queue, ConversationId except);

  /** The 1-based place in its queue, by the time of waiting, of a conversation that waits; empty where it does not wait. */
  Optional<Integer> queuePosition(ConversationId waiting);

  /** The entries of a conversation with ids after that one, oldest first. */
  List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit);

  /** The last entries of a conversation, oldest first. */
  List<TranscriptEntry> latestEntries(ConversationId id, int limit);

  /** The entries of all conversations at an address with ids after that one, oldest first. */
  List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit);

  /** The entry of that id. */
  Optional<TranscriptEntry> entry(EntryId id);

  /** The first entry of a conversation from that side to which its source gave that id. */
  Optional<TranscriptEntry> entryBySource(ConversationId conversation, Side side, String sourceId);

  /** The announcements after that one, oldest first. */
  List<TranscriptEntry> announcements(EntryId after, int limit);

  /** The customer of that id. */
  Optional<Customer> customer(CustomerId id);

  /** The customer to whom that channel gave that id. */
  Optional<Customer> customer(PortId channel, String externalId);

  /** The case of that number. */
  Optional<SupportCase> supportCase(CaseNumber number);

  /** The cases that fit, newest first, after (older than) that one. */
  List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit);

  /** The customer's case that changed last; of several at one moment the newest. */
  Optional<SupportCase> latestCase(CustomerId customer);

  /** The notes on a case, oldest first. */
  List<CaseNote> notes(CaseNumber number, int limit);

  /** The history of a case, oldest first. */
  List<CaseHistoryEntry> history(CaseNumber number, int limit);

  /** The receipt of an event that was applied before. */
  Optional<Receipt> seen(EventKey key);

  /** The lane of that key. */
  Optional<Lane> lane(LaneKey key);

  /** All lanes of a conversation. */
  List<Lane> lanes(ConversationId conversation);

  /** The parked lanes in the order of their keys (conversation, then destination), after that one. */
  List<Lane> parkedLanes(Optional<LaneKey> after, int limit);

  /** The entry with that place in that lane. */
  Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence);

  /** What went wrong with the entries of a lane, newest first. */
  List<DeliveryFailure> failures(LaneKey lane, int limit);

  /** What waits in the lanes of each port in which something waits or is parked, by the port's id. */
  List<Backlog> backlogs();

  /** When the next lane of that port becomes due; empty where none waits. */
  Optional<Instant> nextLaneDue(PortId port);

  /**
   * How far the channel had read: first at each address of a conversation that is not closed, then at the other addresses, those
   * saved last first, at most {@value #RECENT_POSITIONS} of them.
   */
  List<ChannelPosition> positions(PortId channel);

  /** The conversations whose timer is due, the longest due first. */
  List<ConversationId> conversationsDue(Instant now, int limit);

  /** The cases whose timer is due, the longest due first. */
  List<CaseNumber> casesDue(Instant now, int limit);

  /** When the next timer of any conversation or case is due; empty where none waits. */
  Optional<Instant> nextTimer();
}
