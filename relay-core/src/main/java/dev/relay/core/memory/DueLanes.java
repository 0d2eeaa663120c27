package dev.relay.core.memory;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The waiting lanes of one port, in the order in which they are claimed. */
final class DueLanes {
  private final State state;
  private final PortId port;

  DueLanes(State state, PortId port) {
    this.state = state;
    this.port = port;
  }

  /** Returns the lanes that can be claimed now, the longest due first; then those that were given a time by a clock that was ahead. */
  List<LaneKey> at(Instant now, int limit) {
    List<LaneKey> found = new ArrayList<>();
    Set<Slot> taken = new HashSet<>();
    addUntil(now, Keys.Due.first(port), limit, now, taken, found);
    addUntil(Instant.MAX, firstAfterLongestWait(now), limit, now, taken, found);
    return found;
  }

  /** The slot of an address at this port. */
  private record Slot(CustomerAddress address, Destination destination) {}

  private void addUntil(
      Instant end, Keys.Due from, int limit, Instant now, Set<Slot> taken, List<LaneKey> found) {
    for (Map.Entry<Keys.Due, Long> each : state.due.from(from)) {
      Keys.Due due = each.getKey();
      if (found.size() == limit || !due.port().equals(port) || due.at().isAfter(end)) {
        return;
      }
      if (!waitsForOlder(due.lane()) && hasSlot(due.lane(), now, taken)) {
        found.add(due.lane());
      }
    }
  }

  /** Takes the slot of the lane's address, unless it is taken in this claim or held by another lane. */
  private boolean hasSlot(LaneKey lane, Instant now, Set<Slot> taken) {
    boolean isShared =
        lane.destination() == Destination.DESK || lane.destination() == Destination.VIRTUAL_AGENT;
    @Nullable
    Conversation conversation = state.conversations.get(lane.conversation().value());
    if (!isShared || conversation == null) {
      return true;
    }
    return !isHeld(conversation, lane.destination(), now)
        && taken.add(new Slot(conversation.address(), lane.destination()));
  }

  private boolean isHeld(Conversation conversation, Destination destination, Instant now) {
    for (Map.Entry<Keys.AtAddress, Long> each :
        state.conversationsAt.from(new Keys.AtAddress(conversation.address(), 0))) {
      if (!each.getKey().address().equals(conversation.address())) {
        return false;
      }
      @Nullable
      HeldLane other =
          state.lanes.get(new LaneKey(new ConversationId(each.getValue()), destination));
      if (each.getValue() != conversation.id().value()
          && other != null
          && other.held()
          && other.lane().port().equals(port)
          && isUnderLease(other.lane(), now)) {
        return true;
      }
    }
    return false;
  }

  /** A lease that ends later than any lane waits was given by a clock that was ahead. */
  private static boolean isUnderLease(Lane lane, Instant now) {
    return lane.readyAt()
        .filter(end -> end.isAfter(now) && !end.isAfter(now.plus(Lane.LONGEST_WAIT)))
        .isPresent();
  }

  /** Returns when the next lane can be claimed. */
  Optional<Instant> next(Instant now) {
    Optional<Instant> first = first(Keys.Due.first(port));
    if (first.isPresent()
        && first.get().isAfter(now)
        && first(firstAfterLongestWait(now)).isPresent()) {
      return Optional.of(now);
    }
    return first;
  }

  private Optional<Instant> first(Keys.Due from) {
    for (Map.Entry<Keys.Due, Long> each : state.due.from(from)) {
      if (!each.getKey().port().equals(port)) {
        break;
      }
      if (!waitsForOlder(each.getKey().lane())) {
        return Optional.of(each.getKey().at());
      }
    }
    return Optional.empty();
  }

  private Keys.Due firstAfterLongestWait(Instant now) {
    return new Keys.Due(
        port,
        now.plus(Lane.LONGEST_WAIT).plusNanos(1),
        new LaneKey(new ConversationId(0), Destination.RECORD));
  }

  /** Checks whether an older conversation at the same address still has entries for the customer. */
  private boolean waitsForOlder(LaneKey lane) {
    if (lane.destination() != Destination.CUSTOMER) {
      return false;
    }
    @Nullable
    Conversation conversation = state.conversations.get(lane.conversation().value());
    if (conversation == null) {
      return false;
    }
    for (Map.Entry<Keys.AtAddress, Long> each :
        state.conversationsAt.from(new Keys.AtAddress(conversation.address(), 0))) {
      long older = each.getValue();
      if (older >= lane.conversation().value()
          || !each.getKey().address().equals(conversation.address())) {
        return false;
      }
      @Nullable
      HeldLane other =
          state.lanes.get(new LaneKey(new ConversationId(older), Destination.CUSTOMER));
      if (other != null && other.lane().readyAt().isPresent()) {
        return true;
      }
    }
    return false;
  }
}
