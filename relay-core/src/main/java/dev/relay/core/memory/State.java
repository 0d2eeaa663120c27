package dev.relay.core.memory;

import dev.relay.core.access.AgentAccount;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The content of a store, with its indexes. A transaction changes its own copy, which costs a few references; the copy is
 * published when the transaction succeeds.
 */
final class State implements Cloneable {
  long lastConversation;
  long lastCustomer;
  long lastCase = 1000;
  long lastNote;
  long lastHistory;
  long lastEntry;

  SortedTree<Long, Conversation> conversations = byNumber();
  SortedTree<CustomerAddress, Long> active = SortedTree.empty(Keys.ADDRESS);
  SortedTree<Keys.AtAddress, Long> conversationsAt = SortedTree.empty(Keys.AtAddress.ORDER);
  SortedTree<Keys.InState, Long> conversationsIn = SortedTree.empty(Keys.InState.ORDER);
  SortedTree<Keys.Owned, Long> conversationsOf = owned();
  SortedTree<ConversationState, Long> countIn = SortedTree.empty(Comparator.naturalOrder());
  SortedTree<Keys.InQueue, Long> waiting = SortedTree.empty(Keys.InQueue.ORDER);
  SortedTree<Keys.Timed, Long> waitingByTime = SortedTree.empty(Keys.Timed.ORDER);
  SortedTree<Keys.Timed, Long> conversationTimers = SortedTree.empty(Keys.Timed.ORDER);

  SortedTree<Long, Customer> customers = byNumber();
  SortedTree<Keys.ExternalCustomer, Long> customersByExternalId =
      SortedTree.empty(Keys.ExternalCustomer.ORDER);
  /** The customers who were merged, by the customer who stands for them. */
  SortedTree<Keys.Owned, Long> mergedCustomers = owned();

  SortedTree<CustomerAddress, Position> positions = SortedTree.empty(Keys.ADDRESS);

  SortedTree<Long, SupportCase> cases = byNumber();
  SortedTree<Keys.Owned, Long> casesOf = owned();
  SortedTree<Keys.Timed, Long> caseTimers = SortedTree.empty(Keys.Timed.ORDER);
  SortedTree<Keys.Owned, CaseNote> notes = owned();
  SortedTree<Keys.Owned, CaseHistoryEntry> history = owned();

  long lastScheduled;
  SortedTree<Long, Scheduled> scheduled = byNumber();
  SortedTree<Keys.Owned, Long> scheduledOf = owned();
  SortedTree<Keys.Timed, Long> scheduledTimers = SortedTree.empty(Keys.Timed.ORDER);

  long lastPlanned;
  SortedTree<Long, Planned> planned = byNumber();
  SortedTree<Keys.Timed, Long> plannedTimers = SortedTree.empty(Keys.Timed.ORDER);

  SortedTree<EventKey, Seen> seen = SortedTree.empty(Keys.EVENT);
  SortedTree<Keys.SeenAt, Long> seenByTime = SortedTree.empty(Keys.SeenAt.ORDER);

  SortedTree<Long, TranscriptEntry> entries = byNumber();
  SortedTree<Keys.Owned, Long> entriesOf = owned();
  /** The ids of the attachments that messages have. */
  SortedTree<String, Long> referenced = SortedTree.empty(Comparator.naturalOrder());

  SortedTree<Keys.Named, Long> entriesBySource = SortedTree.empty(Keys.Named.ORDER);
  SortedTree<Keys.Place, Long> laneEntries = SortedTree.empty(Keys.Place.ORDER);

  SortedTree<LaneKey, HeldLane> lanes = SortedTree.empty(Keys.LANE);
  SortedTree<Keys.Due, Long> due = SortedTree.empty(Keys.Due.ORDER);
  SortedTree<LaneKey, Long> parked = SortedTree.empty(Keys.LANE);
  SortedTree<Keys.Place, DeliveryFailure> failures = SortedTree.empty(Keys.Place.ORDER);

  SortedTree<String, AgentAccount> accounts = SortedTree.empty(Comparator.naturalOrder());
  SortedTree<String, Team.Queue> queues = SortedTree.empty(Comparator.naturalOrder());
  SortedTree<String, Team.Presence> presences = SortedTree.empty(Comparator.naturalOrder());
  /** The mentions of each agent, newest first. */
  SortedTree<String, List<Team.Mention>> mentions = SortedTree.empty(Comparator.naturalOrder());

  long lastMention;
  SortedTree<String, Lease> leases = SortedTree.empty(Comparator.naturalOrder());

  /** The reading position of a channel, and when it was saved. */
  record Position(String value, Instant at) {}

  /** The owner and the end of a lease. */
  record Lease(String owner, Instant until) {}

  /** A receipt with the time at which the event was applied. */
  record Seen(Receipt receipt, Instant at) {}

  /** Returns the ids of a customer and of all who are the same, ordered. */
  SortedSet<Long> sameCustomers(CustomerId id) {
    @Nullable Customer known = customers.get(id.value());
    long head = known == null ? id.value() : known.head().value();
    SortedSet<Long> same = new TreeSet<>(Set.of(head));
    for (Map.Entry<Keys.Owned, Long> each : mergedCustomers.from(new Keys.Owned(head, 0))) {
      if (each.getKey().owner() != head) {
        break;
      }
      same.add(each.getKey().id());
    }
    return same;
  }

  /** Returns a copy that can be changed without changing this one. */
  State copy() {
    try {
      return (State) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static <V> SortedTree<Long, V> byNumber() {
    return SortedTree.empty(Comparator.<Long>naturalOrder());
  }

  private static <V> SortedTree<Keys.Owned, V> owned() {
    return SortedTree.empty(Keys.Owned.ORDER);
  }
}
