package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to Discord: begins it with growing waits, enters the gateway while this instance holds the lease, and gives up
 * only where trying again cannot help. A thread of its own; every method is thread-safe.
 */
public final class Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
  private static final Duration FIRST_BREAK = Duration.ofSeconds(1);
  /** How long a request waits for the very first connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Session.Plan plan;
  private final HeldLease lease;
  private final Standing standing;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<List<Object>> listeners;
  private final Consumer<String> fatal;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Session session;
  private @Nullable Watch watch;
  private boolean started;
  private boolean failedOnce;
  private @Nullable Exception entryFailure;
  private boolean releasing;
  private boolean closed;
  private Optional<String> fatalReason = Optional.empty();

  /**
   * What it works with.
   *
   * @param token the bot's token, secret
   * @param apiUrl another base address than Discord's, ending with a slash
   * @param gatewayUrl another gateway than Discord's
   * @param readsThreads whether the messages in the threads of the help channel are wanted
   * @param hold takes or renews the lease of the gateway
   * @param letGo gives the lease back
   * @param listeners made anew for each session, and added before it connects
   * @param fatal told once, with what to fix, where trying again cannot help
   */
  public record Parts(
      String token,
      Optional<String> apiUrl,
      Optional<String> gatewayUrl,
      boolean readsThreads,
      BooleanSupplier hold,
      Runnable letGo,
      Standing standing,
      InstantSource clock,
      RandomGenerator random,
      Supplier<List<Object>> listeners,
      Consumer<String> fatal) {}

  /** Not begun. */
  public Connection(Parts parts) {
    this.plan =
        new Session.Plan(parts.token(), parts.apiUrl(), parts.gatewayUrl(), parts.readsThreads());
    this.lease = new HeldLease(parts.hold(), parts.letGo(), parts.clock());
    this.standing = parts.standing();
    this.clock = parts.clock();
    this.random = parts.random();
    this.listeners = parts.listeners();
    this.fatal = parts.fatal();
  }

  /** Begins to connect; returns at once. A second call does nothing. */
  public void start() {
    lock.lock();
    try {
      if (started || closed) {
        return;
      }
      started = true;
    } finally {
      lock.unlock();
    }
    standing.down("connecting to Discord");
    Thread thread = new Thread(this::run, "relay-discord");
    thread.setDaemon(true);
    thread.start();
  }

  /** The JDA through which requests go; waits some seconds for the very first one, and only until it has failed once. */
  public Optional<JDA> jda() {
    lock.lock();
    try {
      long nanos = PATIENCE.toNanos();
      while (session == null && started && !failedOnce && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return Optional.ofNullable(session).map(Session::jda);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the gateway to others; requests still work until {@link #close}. */
  public void release() {
    lock.lock();
    try {
      if (releasing || closed) {
        return;
      }
      releasing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    standing.down("stopped");
    lease.release();
  }

  /** Ends the connection; blocks at most ten seconds. Harmless if repeated. */
  @Override
  public void close() {
    Session last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      last = session;
      session = null;
      if (watch != null) {
        watch.end();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    standing.down("stopped");
    lease.release();
    if (last != null) {
      last.end();
    }
  }

  private void run() {
    Duration backOff = FIRST_BACK_OFF;
    while (!isOver()) {
      try {
        Optional<Exception> failure = takeEntryFailure();
        if (failure.isPresent()) {
          backOff = failed(failure.get(), backOff);
          begin();
        } else if (mustBegin()) {
          begin();
          backOff = FIRST_BACK_OFF;
        }
        renew();
        pause(RENEWAL);
      } catch (InvalidTokenException badToken) {
        giveUp(FatalClose.badToken());
      } catch (Exception cannotConnect) {
        backOff = failed(cannotConnect, backOff);
      }
    }
    report();
  }

  private boolean isOver() {
    lock.lock();
    try {
      return closed || releasing || fatalReason.isPresent();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Exception> takeEntryFailure() {
    lock.lock();
    try {
      Optional<Exception> failure = Optional.ofNullable(entryFailure);
      entryFailure = null;
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustBegin() {
    lock.lock();
    try {
      return session == null;
    } finally {
      lock.unlock();
    }
  }

  /** The new session stands before the old one ends, so that requests find one at any time. */
  private void begin() {
    GatewayDoor door = new GatewayDoor(plan.gatewayUrl(), this::cannotEnter);
    Watch newWatch = new Watch(standing, new ReconnectBreaker(clock, FIRST_BREAK), this::giveUp);
    List<Object> all = new ArrayList<>(listeners.get());
    all.add(newWatch);
    Session begun = Session.begin(plan, door, all);
    newWatch.begin();
    Session old;
    boolean late;
    lock.lock();
    try {
      late = closed;
      old = session;
      if (!late) {
        session = begun;
        if (watch != null) {
          watch.end();
        }
        watch = newWatch;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      newWatch.end();
      begun.end();
    } else if (old != null) {
      old.jda().removeEventListener(old.jda().getRegisteredListeners().toArray());
      old.end();
    }
  }

  private void renew() {
    if (isOver()) {
      return;
    }
    HeldLease.Holder holder = lease.renew();
    if (enters(holder)) {
      return;
    }
    if (isOver()) {
      // Let go meanwhile: what was taken since is given back, so that another instance need not
      // wait.
      lease.release();
      return;
    }
    if (holder == HeldLease.Holder.ANOTHER) {
      standing.standsBy();
    } else {
      standing.down("the store does not say who holds Discord's gateway; this instance only sends");
    }
    if (isInside()) {
      LOG.warn("This instance leaves Discord's gateway: it does not hold it any more");
      begin();
    }
  }

  /** Opens the door where this instance holds the gateway and nobody has let go meanwhile. */
  private boolean enters(HeldLease.Holder holder) {
    lock.lock();
    try {
      if (holder != HeldLease.Holder.SELF || session == null || releasing || closed) {
        return false;
      }
      session.door().open();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isInside() {
    lock.lock();
    try {
      return session != null && !releasing && session.door().isOpen();
    } finally {
      lock.unlock();
    }
  }

  private void cannotEnter(Exception cause) {
    lock.lock();
    try {
      entryFailure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Duration failed(Exception cause, Duration backOff) {
    LOG.warn(
        "Discord cannot be reached: {}; next attempt in about {} s",
        Causes.of(cause),
        backOff.toSeconds());
    standing.down("Discord cannot be reached: " + Causes.of(cause));
    lock.lock();
    try {
      failedOnce = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    pause(Duration.ofMillis((long) (backOff.toMillis() * (0.8 + 0.4 * random.nextDouble()))));
    Duration doubled = backOff.multipliedBy(2);
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }

  private void giveUp(String reason) {
    standing.down(reason);
    lock.lock();
    try {
      if (closed || fatalReason.isPresent()) {
        return;
      }
      fatalReason = Optional.of(reason);
      failedOnce = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void report() {
    Optional<String> reason;
    lock.lock();
    try {
      reason = closed ? Optional.empty() : fatalReason;
    } finally {
      lock.unlock();
    }
    if (reason.isPresent()) {
      LOG.error("{}", reason.get());
      lease.release();
      fatal.accept(reason.get());
    }
  }

  private void pause(Duration wait) {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (!closed && !releasing && fatalReason.isEmpty() && entryFailure == null && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
