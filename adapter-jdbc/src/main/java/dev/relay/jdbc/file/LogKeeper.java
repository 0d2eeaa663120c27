package dev.relay.jdbc.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps the writer's log short. Used only by the thread that has the writer's turn. */
public final class LogKeeper {
  private static final System.Logger LOG = System.getLogger("dev.relay.jdbc");
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  /** Longer than the time limit of a search, so that no read can hold this up for ever. */
  private static final Duration LATER_WAIT = Duration.ofSeconds(3);

  private final Dialect dialect;
  private final LogGate gate;
  /** The length at which the next attempt is made after one that failed; 0 if none failed. */
  private long nextAttemptAt;

  /** Keeps the log of one writer, whose process reads through that gate. */
  public LogKeeper(Dialect dialect, LogGate gate) {
    this.dialect = dialect;
    this.gate = gate;
  }

  /** Begins the log anew if it has become twice as long as it should be. Never throws: the commit before it has succeeded. */
  public void afterCommit(Connection writer) {
    long goal = dialect.logGoal();
    long length = dialect.logLength();
    if (length <= 2 * goal || length < nextAttemptAt) {
      return;
    }
    Duration wait = nextAttemptAt == 0 ? FIRST_WAIT : LATER_WAIT;
    if (gate.whileClosed(wait, () -> restarted(writer))) {
      nextAttemptAt = 0;
    } else {
      // Another process is reading, for example a backup; each attempt holds up the writes.
      nextAttemptAt = length + goal;
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "the database's log has " + (length >> 20) + " MiB and cannot be shortened yet");
    }
  }

  /** Attempts to empty the log; returns false if this process reads from it for longer than a search may take, or another one at all. */
  public boolean empty(Connection writer) {
    boolean isEmpty = gate.whileClosed(LATER_WAIT, () -> restarted(writer));
    if (isEmpty) {
      nextAttemptAt = 0;
    }
    return isEmpty;
  }

  private boolean restarted(Connection writer) {
    try {
      return dialect.restartLog(writer);
    } catch (SQLException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "the database's log could not be shortened: " + dialect.reason(e));
      return false;
    }
  }
}
