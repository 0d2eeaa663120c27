package dev.relay.core.engine;

import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Scheduling;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Claim;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Settled;
import dev.relay.core.store.Settlement;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Delivers what waits in the lanes of one port: claims due lanes, makes one attempt after the other outside any transaction, and
 * settles each under the epoch of its claim. Thread-safe.
 */
final class LaneRunner {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration SHORTEST_WISH = Duration.ofSeconds(1);
  /** How long an attempt may wait before its lane is looked at once more; shorter waits are not worth the query. */
  private static final Duration LONGEST_UNSEEN_WAIT = Duration.ofMillis(500);

  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final PortLink link;
  private final Parts parts;
  private final Executor executor;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean wokenMeanwhile = new AtomicBoolean();
  private volatile boolean stopped;

  LaneRunner(PortLink link, Parts parts, Executor executor) {
    this.link = link;
    this.parts = parts;
    this.executor = executor;
  }

  /** What all lane runners of an engine share. */
  record Parts(
      Store store,
      Committer committer,
      EventApplier applier,
      Scheduling scheduling,
      InstantSource clock,
      RandomGenerator random,
      Settings settings,
      RelayObserver observer,
      LanesInFlight inFlight,
      String owner) {}

  /** A claimed lane with the attempt at its head. */
  private record Turn(
      LaneKey lane,
      long epoch,
      TranscriptEntry head,
      int failures,
      boolean inDoubt,
      Attempt attempt,
      Instant leaseEnd) {}

  PortId port() {
    return link.port();
  }

  void start() {
    poll();
  }

  /** Claims nothing more; what is in flight ends. */
  void stop() {
    stopped = true;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Something may have become due. */
  void wake() {
    if (stopped) {
      return;
    }
    int free = parts.settings().concurrency() - inFlight.get();
    if (free <= 0) {
      // The next attempt that ends wakes again.
      wokenMeanwhile.set(true);
      return;
    }
    if (!claiming.compareAndSet(false, true)) {
      wokenMeanwhile.set(true);
      if (!claiming.get() && wokenMeanwhile.getAndSet(false)) {
        // The claim ended between the two looks, and did not see that it was to be repeated.
        wake();
      }
      return;
    }
    parts
        .committer()
        .submit(
            (transaction, changes) -> claim(transaction, free),
            turns -> claimed(turns, free),
            failure -> {
              // The poll tries again.
              claiming.set(false);
            });
  }

  private void claimed(List<Turn> turns, int asked) {
    claiming.set(false);
    turns.forEach(this::begin);
    if (wokenMeanwhile.getAndSet(false) || turns.size() == asked) {
      wake();
    }
  }

  /** Looks whether a lane is due whose wake-up nobody gave: after a back-off, or from another instance. */
  private void poll() {
    if (stopped) {
      return;
    }
    executor.execute(() -> {
      Duration wait = LONGEST_POLL;
      try {
        Optional<Instant> due = parts.store().read(queries -> queries.nextLaneDue(port()));
        Instant now = parts.clock().instant();
        if (due.isPresent()) {
          if (due.get().isAfter(now)) {
            wait = min(wait, Duration.between(now, due.get()).plusMillis(1));
          } else {
            wake();
          }
        }
      } catch (RuntimeException e) {
        parts.observer().broken("poll of " + port(), e);
      } finally {
        parts.scheduling().after(wait, this::poll);
      }
    });
  }

  private List<Turn> claim(Transaction transaction, int limit) {
    Instant now = parts.clock().instant();
    Instant leaseEnd = now.plus(parts.settings().lease());
    List<Turn> turns = new ArrayList<>();
    for (Claim claim : transaction.claim(port(), now, leaseEnd, parts.owner(), limit)) {
      Attempt attempt = prepared(claim.head(), claim.attempts() + 1, transaction);
      turns.add(new Turn(
          claim.lane(),
          claim.epoch(),
          claim.head(),
          claim.attempts(),
          claim.inDoubt(),
          attempt,
          leaseEnd));
    }
    return turns;
  }

  private void begin(Turn turn) {
    parts.inFlight().begin(turn.lane(), () -> run(turn));
  }

  private void run(Turn turn) {
    inFlight.incrementAndGet();
    executor.execute(() -> step(turn));
  }

  private void end(Turn turn) {
    parts.inFlight().end(turn.lane());
    inFlight.decrementAndGet();
    wake();
  }

  private void step(Turn turn) {
    try {
      if (stopped || isLeaseShort(turn)) {
        settle(turn, Attempt.Outcome.of(DeliveryResult.retryLater("not attempted")), true);
        return;
      }
      if (hasWaited(turn) && isTakenAway(turn)) {
        parts.observer().fenced(turn.lane());
        end(turn);
        return;
      }
      long begin = System.nanoTime();
      Attempt.Outcome outcome = attempt(turn);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      parts.observer().attempted(port(), turn.lane(), outcome.result(), took);
      settle(turn, outcome, false);
    } catch (RuntimeException | Error e) {
      // The lease ends by itself, and the lane comes back in doubt.
      parts.observer().broken("delivery through " + port(), e);
      end(turn);
    }
  }

  private boolean isLeaseShort(Turn turn) {
    Duration left = Duration.between(parts.clock().instant(), turn.leaseEnd());
    return left.compareTo(parts.settings().lease().dividedBy(2)) < 0;
  }

  /** Whether the attempt had to wait for a free thread so long that others may have done something about its lane. */
  private boolean hasWaited(Turn turn) {
    Instant claimedAt = turn.leaseEnd().minus(parts.settings().lease());
    return Duration.between(claimedAt, parts.clock().instant()).compareTo(LONGEST_UNSEEN_WAIT) > 0;
  }

  /** What was dropped meanwhile, perhaps by another engine, must not be shown after what came next. */
  private boolean isTakenAway(Turn turn) {
    return parts
        .store()
        .read(queries -> queries.lane(turn.lane()))
        .map(lane -> lane.epoch() != turn.epoch())
        .orElse(true);
  }

  private Attempt.Outcome attempt(Turn turn) {
    try {
      if (turn.inDoubt()) {
        LookUp found = turn.attempt().look();
        if (found instanceof LookUp.Found it) {
          return Attempt.Outcome.of(new DeliveryResult.Delivered(it.externalId()));
        }
        if (found instanceof LookUp.CannotTell cannotTell) {
          return Attempt.Outcome.of(new DeliveryResult.Unknown(cannotTell.reason()));
        }
      }
      return turn.attempt().make();
    } catch (RuntimeException e) {
      parts.observer().broken("delivery through " + port(), e);
      return Attempt.Outcome.of(
          new DeliveryResult.Unknown("the adapter broke: " + e.getClass().getName()));
    }
  }

  private void settle(Turn turn, Attempt.Outcome outcome, boolean notAttempted) {
    parts
        .committer()
        .submit(
            (transaction, changes) -> settle(turn, outcome, notAttempted, transaction, changes),
            next -> next.ifPresentOrElse(it -> executor.execute(() -> step(it)), () -> end(turn)),
            failure -> settleAfterFailure(turn, failure));
  }

  /**
   * Where the store failed, the lease ends by itself and the lane comes back in doubt. Where applying the answer failed, it
   * would fail again: the attempt is settled without it, and counts as failed, so that the lane is parked in the end.
   */
  private void settleAfterFailure(Turn turn, Throwable failure) {
    if (failure instanceof StoreException) {
      end(turn);
      return;
    }
    Attempt.Outcome failed = Attempt.Outcome.of(
        DeliveryResult.retryLater("the engine broke: " + failure.getClass().getName()));
    parts
        .committer()
        .submit(
            (transaction, changes) -> settle(turn, failed, false, transaction, changes),
            next -> end(turn),
            again -> end(turn));
  }

  private Optional<Turn> settle(
      Turn turn,
      Attempt.Outcome outcome,
      boolean notAttempted,
      Transaction transaction,
      Changes changes) {
    Instant now = parts.clock().instant();
    Instant leaseEnd = now.plus(parts.settings().lease());
    Settlement settlement =
        notAttempted ? new Settlement.Return() : settlement(turn, outcome.result(), now, leaseEnd);
    Optional<Event> answer = outcome.answer();
    if (settlement instanceof Settlement.Park park) {
      Optional<Event> instead = link.insteadOfParking(turn.head(), park.reason());
      if (instead.isPresent()) {
        settlement = new Settlement.Done(Optional.empty(), leaseEnd);
        answer = instead;
      }
    }
    Settled settled =
        transaction.settle(turn.lane(), turn.epoch(), turn.head().sequence(), settlement, now);
    if (settled instanceof Settled.Fenced) {
      changes.afterCommit(() -> parts.observer().fenced(turn.lane()));
      return Optional.empty();
    }
    changes.touched(turn.lane().conversation());
    if (settlement instanceof Settlement.Again again) {
      wakeIfSoon(Duration.between(now, again.at()), changes);
    }
    if (settlement instanceof Settlement.Park park) {
      changes.afterCommit(() -> parts.observer().parked(port(), turn.lane(), park.reason()));
      if (turn.lane().destination() != Destination.ANNOUNCEMENT) {
        answer = Optional.of(new EngineEvent.DeliveryParked(
            turn.lane().conversation(),
            turn.lane().destination(),
            turn.head().id(),
            park.reason()));
      }
    }
    answer.ifPresent(event -> parts.applier().apply(event, transaction, changes));
    if (settled instanceof Settled.Next next && !wasDropped(turn, transaction)) {
      if (wasPassedOn(turn, transaction, changes)) {
        transaction.settle(
            turn.lane(), turn.epoch(), next.head().sequence(), new Settlement.Return(), now);
        return Optional.empty();
      }
      Attempt attempt = prepared(next.head(), 1, transaction);
      return Optional.of(
          new Turn(turn.lane(), turn.epoch(), next.head(), 0, false, attempt, leaseEnd));
    }
    return Optional.empty();
  }

  /** What is due before the next poll may come would wait for it. */
  private void wakeIfSoon(Duration wait, Changes changes) {
    if (wait.compareTo(LONGEST_POLL) < 0) {
      changes.afterCommit(() -> parts.scheduling().after(wait.plusMillis(1), this::wake));
    }
  }

  /** Whether the event that was just applied has taken the rest of the lane away. */
  private static boolean wasDropped(Turn turn, Transaction transaction) {
    return transaction
        .lane(turn.lane())
        .map(lane -> lane.epoch() != turn.epoch())
        .orElse(true);
  }

  /** Whether what is left in the lane goes through another port by now: another desk has the conversation. */
  private boolean wasPassedOn(Turn turn, Transaction transaction, Changes changes) {
    Optional<PortId> other =
        transaction.lane(turn.lane()).map(Lane::port).filter(port -> !port.equals(port()));
    other.ifPresent(changes::due);
    return other.isPresent();
  }

  /** An entry that cannot even be prepared must not keep the other lanes of the port from being claimed: it is given up alone. */
  private Attempt prepared(TranscriptEntry head, int attempt, Transaction transaction) {
    try {
      return link.prepare(head, attempt, transaction);
    } catch (StoreException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      parts.observer().broken("preparing entry " + head.id() + " for " + port(), e);
      return Attempt.impossible("it cannot be prepared: " + e.getClass().getName());
    }
  }

  private Settlement settlement(Turn turn, DeliveryResult result, Instant now, Instant leaseEnd) {
    if (result instanceof DeliveryResult.Delivered delivered) {
      return new Settlement.Done(delivered.externalId(), leaseEnd);
    }
    if (result instanceof DeliveryResult.Rejected rejected) {
      return new Settlement.Park(rejected.reason(), false);
    }
    if (result instanceof DeliveryResult.RetryLater later && later.after().isPresent()) {
      Duration wish = later.after().get();
      wish = wish.compareTo(SHORTEST_WISH) < 0 ? SHORTEST_WISH : min(wish, LONGEST_WISH);
      return new Settlement.Again(now.plus(wish), later.reason(), false, false);
    }
    boolean inDoubt = result instanceof DeliveryResult.Unknown;
    String reason = result instanceof DeliveryResult.Unknown unknown
        ? unknown.reason()
        : ((DeliveryResult.RetryLater) result).reason();
    Optional<Duration> wait = link.backOff(turn.head()).after(turn.failures() + 1, parts.random());
    if (wait.isEmpty()) {
      return new Settlement.Park(
          "given up after " + (turn.failures() + 1) + " attempts: " + reason, inDoubt);
    }
    return new Settlement.Again(now.plus(wait.get()), reason, true, inDoubt);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
