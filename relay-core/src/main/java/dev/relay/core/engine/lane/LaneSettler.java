package dev.relay.core.engine.lane;

import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.DeliveryFailure;
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
  /** The failed attempts after which a dispensable entry no longer holds up the entries behind it. */
  private static final int FAILURES_OF_DISPENSABLE = 3;

  /** The number of an entry's latest failures that are looked through. */
  private static final int EARLIER_FAILURES = 50;

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
   * @param isGivenBack whether the lane, or one that had to wait for it, is due at once
   */
  record Result(Optional<ClaimedHead> next, Optional<Instant> retryAt, boolean isGivenBack) {
    private static final Result NOTHING = new Result(Optional.empty(), Optional.empty(), false);
    private static final Result GIVEN_BACK = new Result(Optional.empty(), Optional.empty(), true);
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
    Instant now = core.now();
    Settlement settlement = settlement(head, outcome.result(), now, transaction);
    if (!(settlement instanceof Settlement.Park || settlement instanceof Settlement.Fail)) {
      return settle(head, settlement, outcome.answer(), now, transaction, changes);
    }
    String reason = settlement instanceof Settlement.Park park
        ? park.reason()
        : ((Settlement.Fail) settlement).reason();
    Optional<Event> instead = claims.link().insteadOfParking(head.entry(), reason);
    if (instead.isPresent()) {
      Settlement done = new Settlement.Done(Optional.empty(), claims.leaseEnd(now));
      return settle(head, done, instead, now, transaction, changes);
    }
    boolean parks = settlement instanceof Settlement.Park;
    Optional<Event> report = isReported(head, transaction)
        ? Optional.empty()
        : Optional.of(new EngineEvent.DeliveryGivenUp(
            head.lane().conversation(),
            head.lane().destination(),
            head.entry().id(),
            reason,
            parks));
    return settle(head, settlement, report, now, transaction, changes);
  }

  private Settlement settlement(
      ClaimedHead head, DeliveryResult result, Instant now, Transaction transaction) {
    PortLink link = claims.link();
    PortLink.Urgency urgency = link.urgency(head.entry());
    Optional<Instant> putOff =
        urgency == PortLink.Urgency.ORDINARY && claims.breaker().outage().isPresent()
            ? Optional.of(claims.breaker().nextProbe(now))
            : Optional.empty();
    Settlement settlement = Settling.of(
        result,
        head.failures(),
        link.backOff(head.entry()),
        random,
        now,
        claims.leaseEnd(now),
        putOff);
    if (settlement instanceof Settlement.Done || settlement instanceof Settlement.Fail) {
      return settlement;
    }
    Optional<Lane> lane = transaction.lane(head.lane());
    if (lane.filter(it -> !it.port().equals(claims.link().port())).isPresent()) {
      // Another desk has the lane meanwhile: the failure of this one concerns it no longer, a doubt
      // does.
      return forTheOther(settlement, now);
    }
    boolean isInTheWay = urgency == PortLink.Urgency.DISPENSABLE
        && (settlement instanceof Settlement.Park
            || (head.failures() + 1 >= FAILURES_OF_DISPENSABLE
                && lane.filter(it -> it.depth() > 1).isPresent()));
    return isInTheWay
        ? new Settlement.Fail(Reason.words(Reason.Code.DESK_UNAVAILABLE), claims.leaseEnd(now))
        : settlement;
  }

  private static Settlement forTheOther(Settlement settlement, Instant now) {
    if (settlement instanceof Settlement.Again again) {
      return new Settlement.Again(
          now, again.reason(), Settlement.Again.Cause.REQUEST, again.inDoubt());
    }
    Settlement.Park park = (Settlement.Park) settlement;
    return new Settlement.Again(now, park.reason(), Settlement.Again.Cause.REQUEST, park.inDoubt());
  }

  /**
   * Checks whether those concerned need no report that an entry was given up: it was reported before, when the same entry parked the
   * lane; or it is such a report itself; or nobody in a conversation waits for it.
   */
  private static boolean isReported(ClaimedHead head, Transaction transaction) {
    EntryContent content = head.entry().content();
    return head.lane().destination().isAnnouncement()
        || content instanceof EntryContent.HandoffWithdrawn
        || (content instanceof EntryContent.Notified notified
            && notified.notice().kind() == NoticeKind.DELIVERY_FAILED)
        || transaction.failures(head.lane(), EARLIER_FAILURES).stream()
            .anyMatch(each -> each.sequence() == head.entry().sequence()
                && each.outcome() == DeliveryFailure.Outcome.PARKED);
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
    if (settlement instanceof Settlement.Return) {
      otherPort(head, transaction).ifPresent(changes::due);
      return Result.GIVEN_BACK;
    }
    answer.ifPresent(event -> core.applier().apply(event, transaction, changes));
    if (settlement instanceof Settlement.Again again) {
      otherPort(head, transaction).ifPresent(changes::due);
      // Another lane of the address may have waited for its slot.
      return new Result(
          Optional.empty(), Optional.of(again.at()), isAnotherLaneDue(now, transaction));
    }
    if (settled instanceof Settled.Next next && !wasDropped(head, transaction)) {
      return continued(head, next, now, transaction, changes);
    }
    // Another conversation at the address may have waited for the end of this one.
    return !head.lane().destination().isAnnouncement() && isAnotherLaneDue(now, transaction)
        ? Result.GIVEN_BACK
        : Result.NOTHING;
  }

  private Result continued(
      ClaimedHead head, Settled.Next next, Instant now, Transaction transaction, Changes changes) {
    Optional<PortId> other = otherPort(head, transaction);
    if (other.isPresent()) {
      changes.due(other.get());
      transaction.settle(
          head.lane(), head.epoch(), next.head().sequence(), new Settlement.Return(), now);
      return Result.GIVEN_BACK;
    }
    if (head.turn().isOver(now) && isAnotherLaneDue(now, transaction)) {
      transaction.settle(
          head.lane(), head.epoch(), next.head().sequence(), new Settlement.Return(), now);
      return Result.GIVEN_BACK;
    }
    Optional<Instant> wait = claims.notBefore(next.head(), now, transaction);
    if (wait.isPresent()) {
      transaction.settle(
          head.lane(),
          head.epoch(),
          next.head().sequence(),
          LaneClaims.putOff(wait.get(), false),
          now);
      return new Result(Optional.empty(), wait, false);
    }
    ClaimedHead following = claims.next(head, next.head(), claims.leaseEnd(now), transaction);
    return new Result(Optional.of(following), Optional.empty(), false);
  }

  private boolean isAnotherLaneDue(Instant now, Transaction transaction) {
    return transaction
        .nextLaneDue(claims.link().port(), now)
        .filter(due -> !due.isAfter(now))
        .isPresent();
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
