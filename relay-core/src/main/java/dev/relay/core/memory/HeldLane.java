package dev.relay.core.memory;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Settlement;
import java.time.Instant;
import java.util.Optional;

/**
 * A lane with the information that only the store has.
 *
 * @param lane the lane's status
 * @param held whether an owner claimed it and has not returned it
 * @param inDoubt whether the entry at its head may have reached the far side
 * @param putOff whether it waits because of an outage of its port
 */
record HeldLane(Lane lane, boolean held, boolean inDoubt, boolean putOff) {

  static HeldLane empty(LaneKey key, PortId port) {
    return new HeldLane(
        new Lane(key, port, 0, 0, Optional.empty(), 0, 0, Optional.empty(), Optional.empty()),
        false,
        false,
        false);
  }

  HeldLane appended(PortId port, Instant at) {
    if (!held && !lane.port().equals(port)) {
      return passedTo(port, at);
    }
    Optional<Instant> readyAt = lane.parkedAt().isPresent()
        ? Optional.empty()
        : Optional.of(lane.readyAt().orElse(at));
    Lane next = new Lane(
        lane.key(),
        port,
        lane.lastSequence() + 1,
        lane.doneSequence(),
        readyAt,
        lane.epoch(),
        lane.attempts(),
        lane.lastError(),
        lane.parkedAt());
    return new HeldLane(next, held, inDoubt, putOff);
  }

  /** Returns the lane with one more entry, at another port: due at once, and not burdened with the failures of the port before. */
  private HeldLane passedTo(PortId port, Instant at) {
    Lane next = new Lane(
        lane.key(),
        port,
        lane.lastSequence() + 1,
        lane.doneSequence(),
        Optional.of(at),
        lane.epoch(),
        0,
        Optional.empty(),
        Optional.empty());
    return new HeldLane(next, false, inDoubt, false);
  }

  HeldLane claimed(Instant leaseEnd) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.of(leaseEnd),
            lane.epoch() + 1,
            lane.attempts(),
            lane.lastError(),
            Optional.empty()),
        true,
        inDoubt || held,
        false);
  }

  /** Returns the lane with its head done; the owner keeps the lane if more entries wait. */
  HeldLane done(Instant leaseEnd) {
    boolean more = lane.depth() > 1;
    return new HeldLane(
        moved(
            lane.doneSequence() + 1,
            more ? Optional.of(leaseEnd) : Optional.empty(),
            lane.epoch(),
            0,
            Optional.empty(),
            Optional.empty()),
        more,
        false,
        false);
  }

  HeldLane again(Settlement.Again again) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.of(again.at()),
            lane.epoch(),
            lane.attempts() + (again.counted() ? 1 : 0),
            Optional.of(again.reason()),
            Optional.empty()),
        false,
        again.inDoubt(),
        again.cause() == Settlement.Again.Cause.OUTAGE);
  }

  HeldLane parked(Settlement.Park park, Instant now) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.empty(),
            lane.epoch(),
            lane.attempts() + 1,
            Optional.of(park.reason()),
            Optional.of(now)),
        false,
        park.inDoubt(),
        false);
  }

  HeldLane returned(Instant now) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.of(now),
            lane.epoch(),
            lane.attempts(),
            lane.lastError(),
            Optional.empty()),
        false,
        inDoubt,
        false);
  }

  HeldLane dueAt(Instant at) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.of(at),
            lane.epoch(),
            lane.attempts(),
            lane.lastError(),
            Optional.empty()),
        held,
        inDoubt,
        putOff);
  }

  HeldLane retried(Instant now) {
    return new HeldLane(
        moved(
            lane.doneSequence(),
            Optional.of(now),
            lane.epoch() + 1,
            0,
            lane.lastError(),
            Optional.empty()),
        false,
        inDoubt,
        false);
  }

  /** Returns the lane with everything up to that place skipped; the rest waits from now on. */
  HeldLane skippedTo(long sequence, Optional<Instant> now) {
    Optional<Instant> readyAt = sequence < lane.lastSequence() ? now : Optional.empty();
    return new HeldLane(
        moved(sequence, readyAt, lane.epoch() + 1, 0, Optional.empty(), Optional.empty()),
        false,
        false,
        false);
  }

  private Lane moved(
      long doneSequence,
      Optional<Instant> readyAt,
      long epoch,
      int attempts,
      Optional<String> lastError,
      Optional<Instant> parkedAt) {
    return new Lane(
        lane.key(),
        lane.port(),
        lane.lastSequence(),
        doneSequence,
        readyAt,
        epoch,
        attempts,
        lastError,
        parkedAt);
  }
}
