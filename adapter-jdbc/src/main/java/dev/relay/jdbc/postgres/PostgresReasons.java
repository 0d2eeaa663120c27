package dev.relay.jdbc.postgres;

import java.sql.SQLException;
import java.util.Optional;

/** The words for the failures that an operator can end, by PostgreSQL's codes (appendix A of its manual). */
final class PostgresReasons {
  private static final String CONNECTION = "08";
  private static final String DATA = "22";
  private static final String CONSTRAINT = "23";
  private static final String ROLLED_BACK = "40";
  private static final String DISK_FULL = "53100";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String WRONG_LOGIN = "28";
  private static final String NO_DATABASE = "3D000";
  private static final String NOT_PERMITTED = "42501";
  private static final String READ_ONLY = "25006";
  private static final String STARTING = "57P03";
  private static final String DAMAGE = "XX";
  private static final String NOT_DAMAGE = "XX000";
  private static final String SERIALIZATION = "40001";
  private static final String DEADLOCK = "40P01";
  static final String LOCK_TIMEOUT = "55P03";

  private final String place;

  /**
   * @param place the server and the database, without secrets
   */
  PostgresReasons(String place) {
    this.place = place;
  }

  /** Returns what is wrong and what to do, in one line. Nothing in it comes from a row of the database. */
  String of(Throwable failure) {
    return sql(failure).map(this::of).orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  private String of(SQLException failure) {
    String state = state(failure);
    String words = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (state.startsWith(CONNECTION)) {
      return place + " cannot be reached (" + words + "): is the server running, and is the"
          + " address right?";
    }
    if (state.startsWith(WRONG_LOGIN)) {
      return place + " refuses the log-in (" + words + "): check user and password";
    }
    return switch (state) {
      case DISK_FULL -> "the disk of " + place + " is full: make room on it";
      case TOO_MANY_CONNECTIONS ->
        place + " has no connection left: raise max_connections, Relay needs 10";
      case NO_DATABASE -> place + " does not exist: create the database first";
      case NOT_PERMITTED ->
        "the user has no permission in " + place + " (" + words
            + "): make the user the owner of the database or of a schema";
      case READ_ONLY -> place + " is read-only: is it a standby?";
      case STARTING -> place + " is starting or stopping; trying again";
      default -> words;
    };
  }

  /** Checks whether data or index are damaged. */
  static boolean isDamage(Throwable failure) {
    return sql(failure)
        .map(PostgresReasons::state)
        .filter(state -> state.startsWith(DAMAGE) && !state.equals(NOT_DAMAGE))
        .isPresent();
  }

  /** Checks whether the values, not the circumstances, made a statement fail. */
  static boolean isRefusal(SQLException failure) {
    String state = state(failure);
    return state.startsWith(CONSTRAINT) || state.startsWith(DATA);
  }

  /** Checks whether another transaction made this one fail. */
  static boolean isConflict(Throwable failure) {
    return sql(failure)
        .map(PostgresReasons::state)
        .filter(state -> state.equals(SERIALIZATION) || state.equals(DEADLOCK))
        .isPresent();
  }

  /** Checks whether the server has ended the transaction, and not the connection. */
  static boolean isUsableAfter(Throwable failure) {
    return sql(failure)
        .filter(it -> isRefusal(it) || state(it).startsWith(ROLLED_BACK))
        .isPresent();
  }

  static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }

  private static Optional<SQLException> sql(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
