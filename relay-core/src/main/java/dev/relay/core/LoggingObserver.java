package dev.relay.core;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The default observer of a Relay without one of its own: logs failures to {@link System.Logger} under the name {@code dev.relay}.
 * Messages of exceptions are left out, because they may quote what people wrote; only those of a {@link StoreException} and of a {@link StoreException.BadData} never do.
 * Thread-safe.
 */
final class LoggingObserver implements RelayObserver {
  private final Logger log;

  LoggingObserver() {
    this(System.getLogger("dev.relay"));
  }

  LoggingObserver(Logger log) {
    this.log = log;
  }

  @Override
  public void commitFailed(Throwable cause) {
    if (!(cause instanceof StoreException)) {
      log.log(Level.WARNING, "a commit failed: " + described(cause));
    }
  }

  @Override
  public void storeDown(Throwable cause, Duration lasts, long failures) {
    log.log(
        Level.ERROR,
        lasts.isZero()
            ? "the store fails: " + described(cause)
            : "the store has been failing for " + lasts + ", " + failures + " times so far: "
                + cause.getMessage());
  }

  @Override
  public void storeUp(Duration lasted, long failures) {
    log.log(
        Level.INFO, "the store works again; it failed for " + lasted + ", " + failures + " times");
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    log.log(Level.DEBUG, "{0} was refused: {1}", eventType, refusal.message());
  }

  @Override
  public void overloaded() {
    log.log(Level.WARNING, "too many events are waiting; an event was turned away");
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    log.log(Level.WARNING, "delivery through {0} was given up, lane {1}: {2}", port, lane, reason);
  }

  @Override
  public void clockJumped(Duration by) {
    log.log(Level.WARNING, "the clock jumped by " + by + "; timers within the jump are postponed");
  }

  @Override
  public void broken(String where, Throwable cause) {
    if (!(cause instanceof StoreException)) {
      log.log(Level.ERROR, "broken: " + where + ": " + described(cause));
    }
  }

  /** Returns the classes and frames of a failure and its causes, without messages. */
  private static String described(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
      text.append(each == failure ? "" : "\nCaused by: ").append(each.getClass().getName());
      if (each instanceof StoreException || each instanceof StoreException.BadData) {
        text.append(": ").append(each.getMessage());
      }
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
    }
    return text.toString();
  }
}
