package dev.relay.twilio.port;

import com.twilio.exception.TwilioException;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.StoreException;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Flex desk and the channels have in common: the life cycle, the connection status, the watch with its recovery, and the way
 * to Relay's intake in order. Thread-safe.
 */
public final class TwilioPort {
  private static final Logger LOG = LoggerFactory.getLogger(TwilioPort.class);
  private static final int THREADS = 8;

  private final PortId id;
  private final TwilioConnection connection;
  private final WatchThread watch;
  private final ConnectionStatus status;
  private final ExecutorService workers;
  private final Retry retry;
  private final List<Future<?>> looks = new ArrayList<>();
  private volatile Optional<Inbox> inbox = Optional.empty();

  private TwilioPort(
      PortId id, TwilioConnection connection, TwilioWatch watch, ConnectionStatus status) {
    this.id = id;
    this.connection = connection;
    this.watch = watch.newThread();
    this.status = status;
    workers = Executors.newFixedThreadPool(THREADS, this::thread);
    retry = new Retry(workers, this);
  }

  /** Creates the port of a desk; makes no calls. A refusal that concerns one conversation ends an outage. */
  public static TwilioPort ofDesk(PortId id, TwilioConnection connection, TwilioWatch watch) {
    return new TwilioPort(id, connection, watch, ConnectionStatus.ofDesk());
  }

  /** Creates the port of a channel; makes no calls. Only a successful call ends an outage. */
  public static TwilioPort ofChannel(PortId id, TwilioConnection connection, TwilioWatch watch) {
    return new TwilioPort(id, connection, watch, ConnectionStatus.ofChannel());
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "twilio-" + id);
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the id of the desk or channel. */
  public PortId id() {
    return id;
  }

  // Life cycle

  /** Opens the way to Relay and begins the recovery and the rounds of the watch. */
  public void start(Inbox newInbox, Watched watched) {
    inbox = Optional.of(newInbox);
    keep(watch.now(() -> recover(watched)));
    keep(watch.inRounds(() -> {
      boolean unused = succeeded(() -> round(watched));
    }));
  }

  private synchronized void keep(Future<?> look) {
    looks.removeIf(Future::isDone);
    looks.add(look);
  }

  private void recover(Watched watched) {
    boolean isDone = !isOpen()
        || succeeded(() -> {
          watched.recover();
          status.succeeded();
        });
    if (!isDone && isOpen()) {
      keep(watch.later(() -> recover(watched)));
    }
  }

  private void round(Watched watched) {
    if (status.isOutage()) {
      // Nobody has to write for Relay to learn that the outage is over.
      connection.conversations().probe();
      status.succeeded();
    }
    watched.round();
  }

  /** Checks whether a look succeeded. A failure is recorded and never ends the watch. */
  private boolean succeeded(Runnable look) {
    try {
      look.run();
      return true;
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      status.failed(failure);
      LOG.debug("{}: the look for missed events is repeated later: {}", id, failure.reason());
    } catch (StoreException e) {
      // The store reports its own outages.
      LOG.debug("{}: the look for missed events is repeated later", id, e);
    } catch (RuntimeException e) {
      LOG.warn("{}: the look for missed events failed", id, e);
    }
    return false;
  }

  /** Checks whether the port is started and not stopped. */
  public boolean isOpen() {
    return open().isPresent();
  }

  private Optional<Inbox> open() {
    return inbox.filter(it -> !it.isClosed());
  }

  /** Reports the connection status. Makes no calls. */
  public Health health() {
    return isOpen() ? status.health() : Health.down("the Twilio adapter is not started");
  }

  /** Returns how many outages have ended since the start: what Relay did meanwhile, Twilio does not know. */
  public int endedOutages() {
    return status.ended();
  }

  /** Stops: nothing is submitted any more, and the watch ends. Harmless if repeated. */
  public void stop() {
    inbox.ifPresent(Inbox::close);
    synchronized (this) {
      looks.forEach(look -> look.cancel(true));
      looks.clear();
    }
    workers.shutdown();
  }

  // Calls to Twilio

  /**
   * Makes the calls of one attempt to Twilio and records the connection status.
   *
   * @param onFailure turns a failure of Twilio's into the result
   */
  public <T> T calling(Supplier<T> calls, Function<TwilioFailure, T> onFailure) {
    return status.record(() -> connection.inOneAttempt(calls), onFailure);
  }

  // Towards Relay

  /** Returns the intake for queries; empty if the port is not started or stopped. */
  public Optional<Intake> intake() {
    return open().map(Inbox::intake);
  }

  /** Returns the kept attachments, which can be read after the port is stopped: deliveries may still be under way. */
  public Attachments attachments() {
    return inbox
        .map(it -> it.intake().attachments())
        .orElseThrow(() -> new IllegalStateException("the Twilio adapter was never started"));
  }

  /** Submits an event until the intake has accepted or refused it; completes with Unavailable if the port is stopped before. */
  public CompletableFuture<IntakeResult> submit(Event event) {
    return open()
        .map(it -> it.submit(event))
        .orElseGet(() -> CompletableFuture.completedFuture(
            new IntakeResult.Unavailable("the Twilio adapter has stopped")));
  }

  /**
   * Does work after all earlier work of the same line, and retries it while Twilio or the store is unavailable.
   *
   * @param line what must be in order: a conversation or a customer's address
   * @param work may block for a few seconds
   * @return completes as the work does; empty if too much work is waiting or the port is stopped
   */
  public Optional<CompletableFuture<Void>> inOrder(
      Object line, Supplier<CompletableFuture<Void>> work) {
    return open()
        .flatMap(it -> it.inTurn(
            line,
            () -> CompletableFuture.<Void>completedFuture(null)
                .thenComposeAsync(begun -> untilAnswered(work), workers)))
        .map(done -> logged(line, done));
  }

  private CompletableFuture<Void> logged(Object line, CompletableFuture<Void> work) {
    return work.whenComplete((done, failure) -> {
      boolean isStopping = !isOpen() || failure instanceof RejectedExecutionException;
      if (failure != null && !isStopping) {
        LOG.warn("{}: work of {} failed", id, line, failure);
      }
    });
  }

  /** Does work at once, in no order, and retries it while Twilio or the store is unavailable. */
  public <T> CompletableFuture<T> untilAnswered(Supplier<CompletableFuture<T>> work) {
    return retry.untilAnswered(work);
  }
}
