package dev.relay.core.engine.lane;

import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The settlement of attempts within a transaction: moves the lane, and applies the event that follows from the attempt.
 * Thread-safe.
 */
public final class LaneSettler {
  private final EngineCore core;
  private final LaneClaims claims;
  private final RandomGenerator random;

  public LaneSettler(EngineCore core, LaneClaims claims, RandomGenerator random) {
    this.core = core;
    this.claims = claims;
    this.random = random;
  }

  /**
   * The result of settling.
   *
   * @param next the lane's next head, if the same claim continues with it
   * @param retryAt the time of the next attempt at the same head, if there will be one
   */
  record Result(Optional<ClaimedHead> next, Optional<Instant> retryAt) {
    private static final Result NOTHING = new Result(Optional.empty(), Optional.empty());
  }

  /** Returns a lane to the backlog without an attempt. */
  Result giveBack(ClaimedHead head, Transaction transaction, Changes changes) {
    return settle(
        head, new Settlement.Return(), Optional.empty(), core.now(), transaction, changes);
  }

  /** Parks a lane without applying an event, for example because the event would concern data that cannot be read. */
  Result park(ClaimedHead head, String reason, Transaction transaction, Changes changes) {
    Settlement park = new Settlement.Park(reason, head.inDoubt());
    return settle(head, park, Optional.empty(), core.now(), transaction, changes);
  }

  /** Settles an attempt by its outcome. */
  Result settle(
      ClaimedHead head, Attempt.Outcome outcome, Transaction transaction, Changes changes) {
    PortLink link = claims.link();
    Instant now = core.now();
    Settlement settlement = Settling.of(
        outcome.result(),
        head.failures(),
        link.backOff(head.entry()),
        random,
        now,
        claims.leaseEnd(now));
    if (settlement instanceof Settlement.Park park) {
      Optional<Event> instead = link.insteadOfParking(head.entry(), park.reason());
      if (instead.isPresent()) {
        Settlement done = new Settlement.Done(Optional.empty(), claims.leaseEnd(now));
        return settle(head, done, instead, now, transaction, changes);
      }
      return settle(head, park, parked(head, park), now, transaction, changes);
    }
    return settle(head, settlement, outcome.answer(), now, transaction, changes);
  }

  private Result settle(
      ClaimedHead head,
      Settlement settlement,
      Optional<Event> answer,
      Instant now,
      Transaction transaction,
      Changes changes) {
    Settled settled =
        transaction.settle(head.lane(), head.epoch(), head.entry().sequence(), settlement, now);
    if (settled instanceof Settled.Fenced) {
      changes.afterCommit(() -> core.observer().fenced(head.lane()));
      return Result.NOTHING;
    }
    changes.touched(head.lane().conversation());
    if (settlement instanceof Settlement.Park park) {
      PortId port = claims.link().port();
      changes.afterCommit(() -> core.observer().parked(port, head.lane(), park.reason()));
    }
    answer.ifPresent(event -> core.applier().apply(event, transaction, changes));
    if (settlement instanceof Settlement.Again again) {
      return new Result(Optional.empty(), Optional.of(again.at()));
    }
    return settled instanceof Settled.Next next && !wasDropped(head, transaction)
        ? continued(head, next, now, transaction, changes)
        : Result.NOTHING;
  }

  private Result continued(
      ClaimedHead head, Settled.Next next, Instant now, Transaction transaction, Changes changes) {
    Optional<PortId> other = otherPort(head, transaction);
    if (other.isPresent()) {
      changes.due(other.get());
      transaction.settle(
          head.lane(), head.epoch(), next.head().sequence(), new Settlement.Return(), now);
      return Result.NOTHING;
    }
    ClaimedHead following = claims.next(head, next.head(), claims.leaseEnd(now), transaction);
    return new Result(Optional.of(following), Optional.empty());
  }

  private static Optional<Event> parked(ClaimedHead head, Settlement.Park park) {
    return head.lane().destination().isAnnouncement()
        ? Optional.empty()
        : Optional.of(new EngineEvent.DeliveryParked(
            head.lane().conversation(),
            head.lane().destination(),
            head.entry().id(),
            park.reason()));
  }

  /** Checks whether the event that was just applied has dropped the rest of the lane. */
  private static boolean wasDropped(ClaimedHead head, Transaction transaction) {
    return transaction
        .lane(head.lane())
        .map(lane -> lane.epoch() != head.epoch())
        .orElse(true);
  }

  /** Returns the port that now delivers the rest of the lane, if another desk has the conversation meanwhile. */
  private Optional<PortId> otherPort(ClaimedHead head, Transaction transaction) {
    return transaction
        .lane(head.lane())
        .map(Lane::port)
        .filter(port -> !port.equals(claims.link().port()));
  }
}
