package dev.relay.core.engine.lane;

import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The claims of one port's lanes, with the prepared attempts at their heads. Thread-safe. */
public final class LaneClaims {
  private final PortLink link;
  private final Surroundings surroundings;
  private final RelayObserver observer;
  private final String owner;
  private final PortBreaker breaker;

  /**
   * @param link the port whose lanes are claimed
   * @param surroundings clock and lease
   * @param observer receives entries that cannot be prepared
   * @param owner the name under which lanes are held
   * @param breaker the port's circuit breaker
   */
  public LaneClaims(
      PortLink link,
      Surroundings surroundings,
      RelayObserver observer,
      String owner,
      PortBreaker breaker) {
    this.link = link;
    this.surroundings = surroundings;
    this.observer = observer;
    this.owner = owner;
    this.breaker = breaker;
  }

  PortLink link() {
    return link;
  }

  PortBreaker breaker() {
    return breaker;
  }

  /**
   * The claimed lanes.
   *
   * @param heads the heads to attempt
   * @param isFull whether as many lanes were claimed as allowed, so that more may be due
   * @param nextDue the earliest time of those that were put off, because more may follow that belongs to their heads
   */
  record Claimed(List<ClaimedHead> heads, boolean isFull, Optional<Instant> nextDue) {
    static final Claimed NOTHING = new Claimed(List.of(), false, Optional.empty());
  }

  /**
   * Claims due lanes and prepares their heads, at most {@code limit} of them; puts lanes off while the port is down. With a limit of 0
   * nothing is claimed, and lanes may be due.
   */
  Claimed claim(Transaction transaction, int limit) {
    if (limit == 0) {
      return new Claimed(List.of(), true, Optional.empty());
    }
    Instant now = surroundings.clock().instant();
    Instant leaseEnd = leaseEnd(now);
    List<Claim> claims = transaction.claim(link.port(), now, leaseEnd, owner, limit);
    List<ClaimedHead> heads = new ArrayList<>();
    Optional<Instant> nextDue = Optional.empty();
    for (Claim claim : claims) {
      Optional<String> outage = outageFor(claim, now);
      if (outage.isPresent()) {
        var unused = transaction.settle(
            claim.lane(),
            claim.epoch(),
            claim.head().sequence(),
            new Settlement.Again(
                breaker.putOff(now), outage.get(), Settlement.Again.Cause.OUTAGE, claim.inDoubt()),
            now);
        continue;
      }
      Optional<Instant> wait = notBefore(claim.head(), now, transaction);
      if (wait.isPresent()) {
        breaker.endProbe();
        var unused = transaction.settle(
            claim.lane(),
            claim.epoch(),
            claim.head().sequence(),
            putOff(wait.get(), claim.inDoubt()),
            now);
        nextDue = nextDue.filter(at -> at.isBefore(wait.get())).or(() -> wait);
        continue;
      }
      heads.add(new ClaimedHead(
          claim.lane(),
          claim.epoch(),
          claim.head(),
          claim.attempts(),
          claim.inDoubt(),
          prepared(claim.head(), claim.attempts() + 1, transaction),
          leaseEnd,
          Turn.begin(now)));
    }
    return new Claimed(heads, claims.size() == limit, nextDue);
  }

  /** Returns the time before which an entry is not attempted; empty if it is attempted now. */
  Optional<Instant> notBefore(TranscriptEntry head, Instant now, Transaction transaction) {
    try {
      return link.notBefore(head, now, transaction);
    } catch (StoreException.BadData unreadable) {
      // Preparing the entry fails for the same reason, and parks its lane.
      return Optional.empty();
    }
  }

  /** Returns the settlement of a lane that waits until more has come that belongs to its head. */
  static Settlement putOff(Instant until, boolean inDoubt) {
    return new Settlement.Again(
        until, "the customer may still be writing", Settlement.Again.Cause.REQUEST, inDoubt);
  }

  /** Returns the outage because of which an entry is not attempted now. */
  private Optional<String> outageFor(Claim claim, Instant now) {
    Optional<String> outage = breaker.outage();
    return outage.isEmpty()
            || link.urgency(claim.head()) != PortLink.Urgency.ORDINARY
            || breaker.beginProbe(claim.lane(), now, surroundings.settings().lease())
        ? Optional.empty()
        : outage;
  }

  /** Prepares the entry that follows a delivered one in the same lane, under the same claim. */
  ClaimedHead next(
      ClaimedHead delivered, TranscriptEntry next, Instant leaseEnd, Transaction transaction) {
    return new ClaimedHead(
        delivered.lane(),
        delivered.epoch(),
        next,
        0,
        false,
        prepared(next, 1, transaction),
        leaseEnd,
        delivered.turn().next());
  }

  /** Returns the end of a lease that begins now. */
  Instant leaseEnd(Instant now) {
    return now.plus(surroundings.settings().lease());
  }

  /**
   * Prepares an attempt. If an entry cannot be prepared, that entry alone is given up, so that the port's other lanes are still claimed.
   */
  private Attempt prepared(TranscriptEntry head, int attempt, Transaction transaction) {
    if (head.content() instanceof EntryContent.Unreadable unreadable) {
      return Attempt.unreadable(Reason.words(Reason.Code.ENTRY_UNREADABLE, unreadable.reason()));
    }
    try {
      return link.prepare(head, attempt, transaction);
    } catch (StoreException storeFailed) {
      throw storeFailed;
    } catch (StoreException.BadData e) {
      observer.broken("preparing entry " + head.id() + " for " + link.port(), e);
      return Attempt.unreadable(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      observer.broken("preparing entry " + head.id() + " for " + link.port(), e);
      return Attempt.impossible(
          Reason.words(Reason.Code.ENTRY_NOT_PREPARED, e.getClass().getName()));
    }
  }
}
