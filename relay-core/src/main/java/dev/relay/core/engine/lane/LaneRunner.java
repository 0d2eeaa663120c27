package dev.relay.core.engine.lane;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The delivery of one port's backlog: claims due lanes, makes one attempt after the other outside any transaction, and settles
 * each under the epoch of its claim. Thread-safe.
 */
public final class LaneRunner {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  /** The failed claims in a row after which the port counts as failing: some seconds, more than a disk's hiccup. */
  private static final int FAILING = 5;
  /** The wait for a thread after which an attempt checks its lane once more; shorter waits are not worth the query. */
  private static final Duration LONGEST_UNCHECKED_WAIT = Duration.ofMillis(500);

  /** The time over which lanes are spread that are made due after an outage, so that the port is not flooded. */
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

  /** The number of lanes that one transaction makes due. */
  private static final int MOST_MADE_DUE = 500;

  private final EngineCore core;
  private final LaneClaims claims;
  private final LaneSettler settler;
  private final LanesInFlight lanesInFlight;
  private final Executor executor;
  private final AtomicInteger inFlight = new AtomicInteger();
  /** The claimed heads whose attempts wait for a thread. */
  private final Set<ClaimedHead> waiting = ConcurrentHashMap.newKeySet();

  /** The claims that failed since the last one that did not. */
  private final AtomicInteger failedClaims = new AtomicInteger();

  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean wokenMeanwhile = new AtomicBoolean();
  /** Whether lanes may be due for which no slot was free: the next attempt that ends claims again. */
  private final AtomicBoolean mayWait = new AtomicBoolean();

  /** Whether no lane of the port waited at the last poll: nobody learns then that an outage is over. */
  private volatile boolean nothingWaits;

  private volatile boolean stopped;

  public LaneRunner(
      EngineCore core,
      LaneClaims claims,
      LaneSettler settler,
      LanesInFlight lanesInFlight,
      Executor executor) {
    this.core = core;
    this.claims = claims;
    this.settler = settler;
    this.lanesInFlight = lanesInFlight;
    this.executor = executor;
  }

  PortId port() {
    return claims.link().port();
  }

  public void start() {
    poll();
  }

  /** Stops claiming, and gives back the lanes whose attempts have not begun; attempts in flight end. */
  public void stop() {
    stopped = true;
    waiting.forEach(this::giveBackUnlessBegun);
  }

  /** Gives a lane back without a thread of the port's: all of them may be busy, and the lane would wait for the end of its lease. */
  private void giveBackUnlessBegun(ClaimedHead head) {
    if (waiting.remove(head)) {
      giveBack(head);
    }
  }

  public int inFlight() {
    return inFlight.get();
  }

  /** Claims due lanes; called when some may have become due. */
  public void wake() {
    if (stopped) {
      return;
    }
    if (free() == 0) {
      // The next attempt that ends wakes again, unless the last one ended just now.
      mayWait.set(true);
      if (free() == 0) {
        return;
      }
    }
    if (!claiming.compareAndSet(false, true)) {
      wokenMeanwhile.set(true);
      if (!claiming.get() && wokenMeanwhile.getAndSet(false)) {
        // The claim ended between the two checks without noticing the request to repeat it.
        wake();
      }
      return;
    }
    core.committer()
        .submit(
            (transaction, changes) ->
                stopped ? LaneClaims.Claimed.NOTHING : claims.claim(transaction, free()),
            this::claimed,
            failure -> {
              claims.breaker().endProbe();
              // The poll tries again.
              failedClaims.incrementAndGet();
              claiming.set(false);
            });
  }

  /**
   * Claims due lanes in a transaction that has made some of them due, and begins to deliver them after its commit. Called by the committer,
   * as all claims are, so that no two claims take the same slots.
   *
   * @return false if nothing was claimed, and {@link #wake} is to be called after the commit
   */
  public boolean claimWithin(Transaction transaction, Changes changes) {
    int free = free();
    if (stopped || free == 0 || claiming.get() || claims.breaker().outage().isPresent()) {
      // A claim that waits may already be part of this transaction. A probe of an outage needs to
      // learn of a commit that fails.
      return false;
    }
    LaneClaims.Claimed claimed = claims.claim(transaction, free);
    changes.afterCommit(() -> begin(claimed));
    return true;
  }

  private int free() {
    return Math.max(0, core.settings().concurrency() - inFlight.get());
  }

  /** Checks whether claims keep failing, so that nothing of this port is delivered although its backlog may be due. */
  public boolean isFailing() {
    return failedClaims.get() >= FAILING;
  }

  private void claimed(LaneClaims.Claimed claimed) {
    claiming.set(false);
    boolean isWoken = wokenMeanwhile.getAndSet(false);
    begin(claimed);
    if (isWoken && !claimed.isFull()) {
      wake();
    }
  }

  private void begin(LaneClaims.Claimed claimed) {
    failedClaims.set(0);
    claimed.heads().forEach(this::begin);
    claimed.nextDue().ifPresent(this::wakeIfSoon);
    if (claimed.isFull()) {
      wake();
    }
  }

  /** Finds lanes that become due without a call of {@link #wake}: after a back-off, or because of another instance. */
  private void poll() {
    if (stopped) {
      return;
    }
    executor.execute(() -> {
      Duration wait = LONGEST_POLL;
      try {
        Instant now = core.now();
        Optional<Instant> due = core.store().read(queries -> queries.nextLaneDue(port(), now));
        if (due.isPresent()) {
          if (due.get().isAfter(now)) {
            wait = BackOff.shorter(wait, Duration.between(now, due.get()).plusMillis(1));
          } else {
            wake();
          }
        }
        nothingWaits = due.isEmpty();
        if (nothingWaits) {
          failedClaims.set(0);
        }
      } catch (RuntimeException e) {
        failedClaims.incrementAndGet();
        core.observer().checkFailed("poll of " + port(), e);
      } finally {
        core.scheduling().after(wait, this::poll);
      }
    });
  }

  private void begin(ClaimedHead head) {
    lanesInFlight.begin(head.lane(), () -> run(head));
  }

  private void run(ClaimedHead head) {
    inFlight.incrementAndGet();
    enqueue(head);
  }

  private void enqueue(ClaimedHead head) {
    waiting.add(head);
    executor.execute(() -> {
      if (waiting.remove(head)) {
        step(head);
      }
    });
    if (stopped) {
      giveBackUnlessBegun(head);
    }
  }

  private void giveBack(ClaimedHead head) {
    settle(head, (transaction, changes) -> settler.giveBack(head, transaction, changes));
  }

  private void end(ClaimedHead head) {
    lanesInFlight.end(head.lane());
    inFlight.decrementAndGet();
    if (mayWait.getAndSet(false)) {
      wake();
    }
  }

  private void step(ClaimedHead head) {
    try {
      if (stopped || isLeaseShort(head)) {
        giveBack(head);
        return;
      }
      if (hasWaited(head) && isLost(head)) {
        core.observer().fenced(head.lane());
        end(head);
        return;
      }
      long begin = System.nanoTime();
      Optional<Attempt.Outcome> made = attempt(head);
      if (made.isEmpty()) {
        giveBack(head);
        return;
      }
      Attempt.Outcome outcome = made.get();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      core.observer().attempted(port(), head.lane(), outcome.result(), took);
      learn(head, outcome.result());
      ClaimedHead tried = mayHaveArrived(head, outcome) ? head.doubtful() : head;
      settle(tried, (transaction, changes) -> settler.settle(head, outcome, transaction, changes));
    } catch (RuntimeException | Error e) {
      // The lease ends automatically, and the lane comes back in doubt.
      core.observer().broken("delivery through " + port(), e);
      end(head);
    }
  }

  /** Checks whether the far side may have the entry, which decides how the lane goes on if the result cannot be stored. */
  private static boolean mayHaveArrived(ClaimedHead head, Attempt.Outcome outcome) {
    return head.attempt().callsPort()
        && (outcome.result() instanceof DeliveryResult.Delivered
            || outcome.result() instanceof DeliveryResult.Unknown);
  }

  private boolean isLeaseShort(ClaimedHead head) {
    Duration left = Duration.between(core.now(), head.leaseEnd());
    return left.compareTo(core.settings().lease().dividedBy(2)) < 0;
  }

  /** Checks whether the attempt has waited so long for a free thread that its lane may have been dropped or claimed meanwhile. */
  private boolean hasWaited(ClaimedHead head) {
    Instant claimedAt = head.leaseEnd().minus(core.settings().lease());
    return Duration.between(claimedAt, core.now()).compareTo(LONGEST_UNCHECKED_WAIT) > 0;
  }

  /**
   * Checks whether the claim no longer holds. An entry that was dropped, perhaps by another engine, must not be shown after a later one.
   */
  private boolean isLost(ClaimedHead head) {
    return core.store()
        .read(queries -> queries.lane(head.lane()))
        .map(lane -> lane.epoch() != head.epoch())
        .orElse(true);
  }

  /** Makes an attempt; returns empty if looking the entry up took so long that too little of the lease is left to send it. */
  private Optional<Attempt.Outcome> attempt(ClaimedHead head) {
    try {
      if (head.inDoubt()) {
        LookUp found = head.attempt().look();
        if (found instanceof LookUp.Found it) {
          return Optional.of(Attempt.Outcome.of(new DeliveryResult.Delivered(it.externalId())));
        }
        if (found instanceof LookUp.CannotTell cannotTell) {
          return Optional.of(Attempt.Outcome.of(new DeliveryResult.Unknown(cannotTell.reason())));
        }
        if (isLeaseShort(head)) {
          return Optional.empty();
        }
      }
      return Optional.of(head.attempt().make());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      core.observer().broken("delivery through " + port(), e);
      return Optional.of(Attempt.Outcome.of(new DeliveryResult.Unknown(
          Reason.words(Reason.Code.ADAPTER_FAILED, e.getClass().getName()))));
    }
  }

  /** Draws from a result what it says of the whole port. */
  private void learn(ClaimedHead head, DeliveryResult result) {
    PortBreaker breaker = claims.breaker();
    if (!head.attempt().callsPort()) {
      breaker.endProbe();
      return;
    }
    boolean urgent = claims.link().urgency(head.entry()) != PortLink.Urgency.ORDINARY;
    PortBreaker.Change change = breaker.attempted(head.lane(), result, urgent, core.now());
    if (change.kind() == PortBreaker.Change.Kind.OPENED) {
      core.observer().portDown(port(), breaker.outage().orElse(""));
    } else if (change.kind() == PortBreaker.Change.Kind.CLOSED) {
      core.observer().portUp(port());
    }
    if (change.kind() == PortBreaker.Change.Kind.CLOSED
        || change.kind() == PortBreaker.Change.Kind.ENDED) {
      makeDue(change.failedToo());
    }
  }

  /**
   * Ends the waits for the end of an outage, batch by batch. Lanes that wait for a reason of their own keep their back-off.
   *
   * @param failed the lanes whose own attempts failed in the outage, a few
   */
  private void makeDue(Set<LaneKey> failed) {
    core.committer()
        .submit(
            (transaction, changes) -> {
              Instant now = core.now();
              failed.forEach(lane -> transaction.makeDue(lane, port(), now.plus(AFTER_OUTAGE)));
              return transaction.makeDue(port(), now, AFTER_OUTAGE, MOST_MADE_DUE);
            },
            changed -> {
              if (changed == MOST_MADE_DUE && !stopped) {
                makeDue(Set.of());
              }
            },
            failure -> {
              // The lanes become due by themselves, only later.
            });
  }

  /** Returns why what waits for the port is not delivered; empty if the port does not fail everybody, or if nothing waits for it. */
  public Optional<String> outage() {
    return nothingWaits ? Optional.empty() : claims.breaker().outage();
  }

  /** Returns the outage of the port with its begin; empty if the port does not fail everybody. */
  public Optional<PortBreaker.Outage> lastingOutage() {
    return claims.breaker().lasting();
  }

  private void settle(ClaimedHead head, Committer.Work<LaneSettler.Result> work) {
    core.committer()
        .submit(
            work, result -> settled(head, result), failure -> settleAfterFailure(head, failure));
  }

  private void settled(ClaimedHead head, LaneSettler.Result result) {
    Instant now = core.now();
    if (result.isGivenBack() || result.retryAt().filter(at -> !at.isAfter(now)).isPresent()) {
      mayWait.set(true);
    }
    result.next().ifPresentOrElse(this::enqueue, () -> end(head));
    result.retryAt().ifPresent(this::wakeIfSoon);
  }

  /**
   * Handles a settlement that failed. If the store failed, the lease ends automatically and the lane comes back in doubt. If applying the
   * answer failed, it would fail again: the attempt is settled without the answer, and counts as failed, so that the lane is parked in the
   * end; at once if the answer concerns data that cannot be read.
   */
  private void settleAfterFailure(ClaimedHead head, Throwable failure) {
    if (failure instanceof StoreException) {
      end(head);
      return;
    }
    if (failure instanceof StoreException.BadData bad) {
      String unreadable = String.valueOf(bad.getMessage());
      core.committer()
          .submit(
              (transaction, changes) -> settler.park(head, unreadable, transaction, changes),
              result -> end(head),
              again -> end(head));
      return;
    }
    String reason = "the engine failed: " + failure.getClass().getName();
    Attempt.Outcome failed = Attempt.Outcome.of(
        head.inDoubt() ? new DeliveryResult.Unknown(reason) : DeliveryResult.retryLater(reason));
    core.committer()
        .submit(
            (transaction, changes) -> settler.settle(head, failed, transaction, changes),
            result -> {
              end(head);
              result.retryAt().ifPresent(this::wakeIfSoon);
            },
            again -> end(head));
  }

  /** Wakes before the next poll if that would come too late; the poll finds what is due later. */
  private void wakeIfSoon(Instant due) {
    Duration wait = Duration.between(core.now(), due);
    if (wait.compareTo(LONGEST_POLL) < 0) {
      core.scheduling().after(wait.plusMillis(1), this::wake);
    }
  }
}
