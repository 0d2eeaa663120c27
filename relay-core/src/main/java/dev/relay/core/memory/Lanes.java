package dev.relay.core.memory;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes of the lanes of one state. */
final class Lanes {
  private final State state;

  Lanes(State state) {
    this.state = state;
  }

  /** Adds a place at the end of a lane; returns it. */
  long append(LaneKey key, PortId port, Instant at) {
    HeldLane lane = state.lanes.get(key);
    HeldLane next = (lane == null ? HeldLane.empty(key, port) : lane).appended(port, at);
    put(next);
    return next.lane().lastSequence();
  }

  List<Claim> claim(PortId port, Instant now, Instant leaseEnd, int limit) {
    List<Claim> claims = new ArrayList<>();
    for (LaneKey each : new DueLanes(state, port).at(now, limit)) {
      HeldLane claimed = MemoryQueries.present(state.lanes.get(each)).claimed(leaseEnd);
      put(claimed);
      Lane lane = claimed.lane();
      claims.add(
          new Claim(lane.key(), lane.epoch(), head(lane), lane.attempts(), claimed.inDoubt()));
    }
    return claims;
  }

  Settled settle(LaneKey key, long epoch, long sequence, Settlement settlement, Instant now) {
    HeldLane lane = state.lanes.get(key);
    if (lane == null
        || !lane.held()
        || lane.lane().epoch() != epoch
        || lane.lane().doneSequence() + 1 != sequence) {
      return new Settled.Fenced();
    }
    if (settlement instanceof Settlement.Done done) {
      return done(lane, done.externalId(), done.leaseEnd());
    }
    if (settlement instanceof Settlement.Fail failed) {
      fail(key, sequence, now, DeliveryFailure.Outcome.FAILED, failed.reason());
      return done(lane, Optional.empty(), failed.leaseEnd());
    }
    if (settlement instanceof Settlement.Again again) {
      put(lane.again(again));
      if (again.counted()) {
        fail(key, sequence, now, DeliveryFailure.Outcome.RETRIED, again.reason());
      }
    } else if (settlement instanceof Settlement.Park park) {
      put(lane.parked(park, now));
      fail(key, sequence, now, DeliveryFailure.Outcome.PARKED, park.reason());
    } else {
      put(lane.returned(now));
    }
    return new Settled.Released();
  }

  private Settled done(HeldLane lane, Optional<String> externalId, Instant leaseEnd) {
    TranscriptEntry delivered = head(lane.lane());
    if (externalId.isPresent()) {
      state.entries =
          state.entries.put(delivered.id().value(), withExternalId(delivered, externalId));
    }
    HeldLane next = lane.done(leaseEnd);
    put(next);
    return next.held() ? new Settled.Next(head(next.lane())) : new Settled.Released();
  }

  boolean retry(LaneKey key, Participant actor, Instant now) {
    HeldLane lane = parked(key);
    if (lane == null) {
      return false;
    }
    put(lane.retried(now));
    fail(key, lane.lane().doneSequence() + 1, now, DeliveryFailure.Outcome.REPLAYED, actor.id());
    return true;
  }

  boolean skip(LaneKey key, Participant actor, Instant now) {
    HeldLane lane = parked(key);
    if (lane == null) {
      return false;
    }
    long skipped = lane.lane().doneSequence() + 1;
    put(lane.skippedTo(skipped, Optional.of(now)));
    fail(key, skipped, now, DeliveryFailure.Outcome.SKIPPED, actor.id());
    return true;
  }

  int makeDue(PortId port, Instant now, Duration spread, int limit) {
    List<Keys.Due> later = new ArrayList<>();
    Keys.Due first = new Keys.Due(
        port,
        now.plus(spread).plusNanos(1),
        new LaneKey(new ConversationId(0), Destination.RECORD));
    for (Map.Entry<Keys.Due, Long> each : state.due.from(first)) {
      if (later.size() == limit || !each.getKey().port().equals(port)) {
        break;
      }
      HeldLane lane = MemoryQueries.present(state.lanes.get(each.getKey().lane()));
      if (!lane.held() && lane.putOff()) {
        later.add(each.getKey());
      }
    }
    for (Keys.Due each : later) {
      HeldLane lane = MemoryQueries.present(state.lanes.get(each.lane()));
      put(lane.dueAt(now.plusMillis(each.lane().conversation().value() % spread.toMillis())));
    }
    return later.size();
  }

  boolean makeDue(LaneKey key, PortId port, Instant at) {
    HeldLane lane = state.lanes.get(key);
    if (lane == null
        || lane.held()
        || !lane.lane().port().equals(port)
        || lane.lane().readyAt().filter(due -> due.isAfter(at)).isEmpty()) {
      return false;
    }
    put(lane.dueAt(at));
    return true;
  }

  void drop(LaneKey key) {
    HeldLane lane = state.lanes.get(key);
    if (lane != null) {
      put(lane.skippedTo(lane.lane().lastSequence(), Optional.empty()));
    }
  }

  private @Nullable HeldLane parked(LaneKey key) {
    HeldLane lane = state.lanes.get(key);
    return lane == null || lane.lane().parkedAt().isEmpty() ? null : lane;
  }

  private void put(HeldLane next) {
    LaneKey key = next.lane().key();
    HeldLane before = state.lanes.get(key);
    if (before != null && before.lane().readyAt().isPresent()) {
      state.due = state.due.remove(
          new Keys.Due(before.lane().port(), before.lane().readyAt().get(), key));
    }
    if (next.lane().readyAt().isPresent()) {
      state.due =
          state.due.put(new Keys.Due(next.lane().port(), next.lane().readyAt().get(), key), 0L);
    }
    state.parked =
        next.lane().parkedAt().isPresent() ? state.parked.put(key, 0L) : state.parked.remove(key);
    state.lanes = state.lanes.put(key, next);
  }

  private TranscriptEntry head(Lane lane) {
    Long id = state.laneEntries.get(new Keys.Place(lane.key(), lane.doneSequence() + 1, 0));
    return MemoryQueries.present(state.entries.get(MemoryQueries.present(id)));
  }

  private void fail(
      LaneKey lane, long sequence, Instant at, DeliveryFailure.Outcome outcome, String reason) {
    int number = 1;
    for (Map.Entry<Keys.Place, DeliveryFailure> each :
        state.failures.downFrom(new Keys.Place(lane, sequence, Integer.MAX_VALUE))) {
      if (each.getKey().lane().equals(lane) && each.getKey().sequence() == sequence) {
        number = each.getKey().number() + 1;
      }
      break;
    }
    state.failures = state.failures.put(
        new Keys.Place(lane, sequence, number),
        new DeliveryFailure(sequence, number, at, outcome, reason));
  }

  private static TranscriptEntry withExternalId(
      TranscriptEntry entry, Optional<String> externalId) {
    return new TranscriptEntry(
        entry.id(),
        entry.conversation(),
        entry.destination(),
        entry.sequence(),
        entry.at(),
        entry.content(),
        entry.sourceId(),
        externalId);
  }
}
