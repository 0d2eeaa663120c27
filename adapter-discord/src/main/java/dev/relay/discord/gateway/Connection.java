package dev.relay.discord.gateway;

import dev.relay.core.delivery.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot's own connection to Discord. It connects with growing back-off, enters the gateway while this instance holds the lease, and
 * gives up only if retrying cannot help. Runs on a thread of its own. Thread-safe.
 */
public final class Connection implements BotConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
  private static final Duration FIRST_BREAK = Duration.ofSeconds(1);
  /** The time for which a request waits for the very first connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SessionPlan plan;
  private final HeldLease lease;
  private final ConnectionStatus status;
  private final SessionOwner owner;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ConnectionTimes times;
  private final IdentifyBudget budget;
  private final ConnectionState state = new ConnectionState();

  /** Creates a connection that is not started. */
  public Connection(
      SessionPlan plan,
      Lease lease,
      SessionOwner owner,
      InstantSource clock,
      RandomGenerator random,
      ConnectionTimes times) {
    this.plan = plan;
    this.lease = new HeldLease(lease, clock);
    this.status = new ConnectionStatus(clock);
    this.owner = owner;
    this.clock = clock;
    this.random = random;
    this.times = times;
    this.budget = new IdentifyBudget(clock, random, new SessionFile(plan.sessionFile()));
  }

  @Override
  public void start() {
    if (!state.start()) {
      return;
    }
    status.down("connecting to Discord");
    Thread thread = new Thread(this::run, "relay-discord");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the JDA for requests. Waits some seconds for the very first one, but only until an attempt has failed. */
  @Override
  public Optional<JDA> jda() {
    return state.awaitSession(PATIENCE).map(Session::jda);
  }

  @Override
  public void tokenRejected() {
    status.down("Discord no longer accepts the bot's token");
  }

  @Override
  public Health health() {
    return status.health();
  }

  /** Leaves the gateway to other instances; requests still work until {@link #close}. */
  @Override
  public void release() {
    if (state.release()) {
      status.down("stopped");
      lease.release();
    }
  }

  @Override
  public void close() {
    if (state.close()) {
      Optional<Session> last = state.takeSession();
      status.down("stopped");
      lease.release();
      last.ifPresent(Session::end);
    }
  }

  private void run() {
    Duration backOff = times.firstRetry();
    while (!state.isOver()) {
      try {
        Optional<Exception> failure = state.takeEntryFailure();
        if (failure.isPresent()) {
          backOff = failed(failure.get(), backOff);
          begin();
        } else if (!state.hasSession()) {
          begin();
          backOff = times.firstRetry();
        }
        renew();
        state.pause(times.renewal());
      } catch (InvalidTokenException badToken) {
        status.down(FatalClose.badToken());
        state.giveUp(FatalClose.badToken());
      } catch (Exception cannotConnect) {
        backOff = failed(cannotConnect, backOff);
      }
    }
    state.fatalReason().ifPresent(this::report);
  }

  /** Begins a session. The new session exists before the old one ends, so that requests find one at any time. */
  private void begin() {
    GatedSessionController gate =
        new GatedSessionController(plan.gatewayUrl(), state, status, budget);
    SessionWatch watch = new SessionWatch(status, new ReconnectBreaker(clock, FIRST_BREAK), state);
    List<Object> listeners = new ArrayList<>(owner.newSession());
    listeners.add(watch);
    Session begun = Session.begin(plan, gate, listeners);
    watch.begin();
    state.replace(begun, watch).ifPresent(Session::retire);
  }

  private void renew() {
    if (state.isOver()) {
      return;
    }
    HeldLease.Holder holder = lease.renew();
    if (holder == HeldLease.Holder.SELF && state.openGateway()) {
      return;
    }
    if (state.isOver()) {
      // The connection was released meanwhile: the lease taken since is given back, so that another
      // instance need not wait.
      lease.release();
      return;
    }
    if (holder == HeldLease.Holder.ANOTHER) {
      status.standBy();
    } else {
      status.down("the store does not say which instance holds Discord's gateway; only sending");
    }
    if (state.isInside()) {
      LOG.warn("Leaving Discord's gateway: this instance no longer holds the lease");
      begin();
    }
  }

  private Duration failed(Exception cause, Duration backOff) {
    LOG.warn(
        "Discord cannot be reached: {}; next attempt in about {} s",
        Causes.of(cause),
        backOff.toSeconds());
    status.down("Discord cannot be reached: " + Causes.of(cause));
    state.attemptFailed();
    state.pause(Duration.ofMillis((long) (backOff.toMillis() * (0.8 + 0.4 * random.nextDouble()))));
    Duration doubled = backOff.multipliedBy(2);
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }

  private void report(String reason) {
    LOG.error("{}", reason);
    lease.release();
    owner.gaveUp(reason);
  }
}
