package dev.relay.discord.rest;

import java.time.Duration;
import java.util.Optional;

/** A failed request. The message holds Discord's error, never customers' text. */
public final class RestFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** The channel does not exist. */
  public static final int UNKNOWN_CHANNEL = 10_003;
  /** The message does not exist. */
  public static final int UNKNOWN_MESSAGE = 10_008;
  /** The user does not accept direct messages. */
  public static final int CANNOT_SEND_TO_USER = 50_007;
  /** The user no longer shares a server with the bot. */
  public static final int NO_MUTUAL_GUILDS = 50_278;

  /** The kinds of failure. */
  public enum Kind {
    /** Discord certainly did not execute the request; retrying may help. */
    NOT_SENT,
    /** Discord did not execute the request because of its rate limit. */
    RATE_LIMITED,
    /** Discord refuses the request; retrying cannot help. */
    REFUSED,
    /** Discord does not accept the bot's token. */
    BAD_TOKEN,
    /** Discord may or may not have executed the request. */
    IN_DOUBT
  }

  private final Kind kind;
  private final int code;
  private final transient Optional<Duration> retryAfter;

  RestFailure(Kind kind, int code, String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Returns the kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** Returns Discord's error code; 0 if there is none. */
  public int code() {
    return code;
  }

  /** Returns the wait that Discord asks for. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Checks whether the user cannot receive direct messages. */
  public boolean isClosedDirectMessage() {
    return code == CANNOT_SEND_TO_USER || code == NO_MUTUAL_GUILDS;
  }

  /** Returns the cause in one line, for the operator. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
