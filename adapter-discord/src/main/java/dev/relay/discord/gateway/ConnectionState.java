package dev.relay.discord.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Connection}, guarded by its monitor. Waiting methods return early when the state changes. Thread-safe. */
final class ConnectionState {
  private @Nullable Session session;
  private @Nullable SessionWatch watch;
  private @Nullable Exception entryFailure;
  private @Nullable String fatalReason;
  private boolean started;
  private boolean failedOnce;
  private boolean releasing;
  private boolean closed;

  /** Marks the connection as started; returns false if it was already started or closed. */
  synchronized boolean start() {
    boolean first = !started && !closed;
    started |= first;
    return first;
  }

  /** Marks the connection as released; returns false if it was already released or closed. */
  synchronized boolean release() {
    boolean first = !releasing && !closed;
    releasing |= first;
    notifyAll();
    return first;
  }

  /** Marks the connection as closed; returns false if it was already closed. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    if (watch != null) {
      watch.end();
    }
    notifyAll();
    return first;
  }

  /** Removes the session. */
  synchronized Optional<Session> takeSession() {
    Optional<Session> last = Optional.ofNullable(session);
    session = null;
    return last;
  }

  /** Sets the session of the running connection. Returns the session that must be ended: the previous one, or the new one if it is too late. */
  synchronized Optional<Session> replace(Session begun, SessionWatch newWatch) {
    if (closed) {
      newWatch.end();
      return Optional.of(begun);
    }
    Optional<Session> old = Optional.ofNullable(session);
    if (watch != null) {
      watch.end();
    }
    session = begun;
    watch = newWatch;
    notifyAll();
    return old;
  }

  synchronized boolean hasSession() {
    return session != null;
  }

  /** Returns the session; waits for the very first one, but only until an attempt has failed. */
  synchronized Optional<Session> awaitSession(Duration longest) {
    await(longest, () -> session != null || !started || failedOnce || closed);
    return Optional.ofNullable(session);
  }

  /** Lets the session enter the gateway, unless the connection was released meanwhile. */
  synchronized boolean openGateway() {
    if (session == null || releasing || closed) {
      return false;
    }
    session.gate().open();
    return true;
  }

  /** Checks whether the session has entered the gateway. */
  synchronized boolean isInside() {
    return session != null && !releasing && session.gate().isOpen();
  }

  synchronized void entryFailed(Exception cause) {
    entryFailure = cause;
    notifyAll();
  }

  synchronized Optional<Exception> takeEntryFailure() {
    Optional<Exception> failure = Optional.ofNullable(entryFailure);
    entryFailure = null;
    return failure;
  }

  synchronized void attemptFailed() {
    failedOnce = true;
    notifyAll();
  }

  /** Ends the connection for good; the first reason counts. */
  synchronized void giveUp(String reason) {
    if (!closed && fatalReason == null) {
      fatalReason = reason;
      attemptFailed();
    }
  }

  /** Returns the reason for giving up, unless the connection was closed. */
  synchronized Optional<String> fatalReason() {
    return closed ? Optional.empty() : Optional.ofNullable(fatalReason);
  }

  synchronized boolean isOver() {
    return closed || releasing || fatalReason != null;
  }

  /** Waits, unless the connection ends or could not enter the gateway. */
  synchronized void pause(Duration wait) {
    await(wait, () -> isOver() || entryFailure != null);
  }

  /** Waits before a session begins; returns false if the connection ends or the gate is retired meanwhile. */
  synchronized boolean waitAtGate(Duration wait, BooleanSupplier retired) {
    BooleanSupplier ends = () -> isOver() || retired.getAsBoolean();
    await(wait, ends);
    return !ends.getAsBoolean();
  }

  /** Lets all waits check their conditions. */
  synchronized void wake() {
    notifyAll();
  }

  private void await(Duration longest, BooleanSupplier done) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (!done.getAsBoolean() && end - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
