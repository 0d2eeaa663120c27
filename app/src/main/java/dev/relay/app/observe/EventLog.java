package dev.relay.app.observe;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.StoreException;
import dev.relay.core.text.Cut;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the events of the engine, one line each, with ids but without the content of messages. Thread-safe. */
public final class EventLog implements RelayObserver {
  private static final int MAX_REASON = 300;
  private static final long OVERLOAD_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final AtomicLong overloadedAt = new AtomicLong(System.nanoTime() - OVERLOAD_EVERY_NANOS);

  /** Writes to the log of the process. */
  public EventLog() {
    this(LoggerFactory.getLogger(EventLog.class));
  }

  /** Writes to a logger. */
  EventLog(Logger log) {
    this.log = log;
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    if (before == after) {
      log.debug("event {} conversation={} state={}", eventType, conversation, after);
    } else {
      log.info("event {} conversation={} state={}->{}", eventType, conversation, before, after);
    }
  }

  @Override
  public void duplicate(String eventType) {
    log.debug("duplicate {}", eventType);
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    log.info("refused {} code={}", eventType, refusal.code());
  }

  @Override
  public void overloaded() {
    long last = overloadedAt.get();
    long now = System.nanoTime();
    if (now - last >= OVERLOAD_EVERY_NANOS && overloadedAt.compareAndSet(last, now)) {
      log.warn("overloaded: events are refused until the store has caught up");
    }
  }

  @Override
  public void clockJumped(Duration by) {
    log.warn(
        "the clock jumped by {} (the machine slept, or its clock was wrong);"
            + " time-outs within the jump are postponed",
        by);
  }

  @Override
  public void commitFailed(Throwable cause) {
    if (!(cause instanceof StoreException)) {
      log.error("commit failed; each piece of work is retried alone", cause);
    }
  }

  @Override
  public void storeDown(Throwable cause, Duration lasts, long failures) {
    if (lasts.isZero()) {
      log.error("the database fails; Relay retries, and answers 503 meanwhile", cause);
    } else {
      log.error(
          "the database still fails after {} s, {} failures so far: {}",
          lasts.toSeconds(),
          failures,
          cause.getMessage());
    }
  }

  @Override
  public void storeUp(Duration lasted, long failures) {
    log.info(
        "the database works again; it failed for {} s, {} failures", lasted.toSeconds(), failures);
  }

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
    if (result instanceof DeliveryResult.Delivered) {
      log.debug("delivered port={} lane={} ms={}", port, lane, took.toMillis());
    } else {
      log.warn(
          "not delivered port={} lane={} ms={} result={}: {}",
          port,
          lane,
          took.toMillis(),
          result.getClass().getSimpleName(),
          reasonOf(result));
    }
  }

  /** Returns the reason, which by rule C1.11 of docs/channel-contract.md never quotes a message. */
  private static String reasonOf(DeliveryResult result) {
    String reason = "";
    if (result instanceof DeliveryResult.RetryLater later) {
      reason = later.reason();
    } else if (result instanceof DeliveryResult.Rejected rejected) {
      reason = rejected.reason();
    } else if (result instanceof DeliveryResult.PortDown down) {
      reason = down.reason();
    } else if (result instanceof DeliveryResult.Unknown unknown) {
      reason = unknown.reason();
    }
    return Cut.withEllipsis(reason, MAX_REASON);
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    log.error("dead letter port={} lane={}: retry or skip it at the desk", port, lane);
  }

  @Override
  public void portDown(PortId port, String reason) {
    log.error(
        "deliveries fail port={}: {}; everything waits until one succeeds",
        port,
        Cut.withEllipsis(reason, MAX_REASON));
  }

  @Override
  public void portUp(PortId port) {
    log.info("deliveries succeed again port={}", port);
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    log.warn("handoff conversation={} desk={}->{}: {}", conversation, from, to, reason);
  }

  @Override
  public void fenced(LaneKey lane) {
    log.warn("lane={} was taken over by another worker during a delivery", lane);
  }

  @Override
  public void broken(String where, Throwable cause) {
    if (!(cause instanceof StoreException)) {
      log.error("broken in {}", where, cause);
    }
  }
}
