package dev.relay.core.memory;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    addUntil(now, Keys.Due.first(port), limit, found);
    addUntil(Instant.MAX, firstAfterLongestWait(now), limit, found);
    return found;
  }

  private void addUntil(Instant end, Keys.Due from, int limit, List<LaneKey> found) {
    for (Map.Entry<Keys.Due, Long> each : state.due.from(from)) {
      Keys.Due due = each.getKey();
      if (found.size() == limit || !due.port().equals(port) || due.at().isAfter(end)) {
        return;
      }
      if (!waitsForOlder(due.lane())) {
        found.add(due.lane());
      }
    }
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
