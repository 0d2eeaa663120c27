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
  /** Discord allows no further edits of messages older than an hour for now. */
  public static final int TOO_MANY_OLD_EDITS = 30_046;
  /** The bot may not see the channel. */
  public static final int MISSING_ACCESS = 50_001;
  /** The bot lacks a permission in the channel. */
  public static final int MISSING_PERMISSIONS = 50_013;
  /** The thread is archived. */
  public static final int THREAD_ARCHIVED = 50_083;
  /** The thread is locked. */
  public static final int THREAD_LOCKED = 160_005;
  /** The server has as many active threads as Discord allows. */
  public static final int TOO_MANY_THREADS = 160_006;

  /** The kinds of failure. */
  public enum Kind {
    /** Discord certainly did not execute the request; retrying may help. */
    NOT_SENT,
    /** Discord did not execute the request because of its rate limit. */
    RATE_LIMITED,
    /** Discord refuses the request; {@link RestFailure#scope()} states what the refusal concerns. */
    REFUSED,
    /** Discord does not accept the bot's token. */
    BAD_TOKEN,
    /** Discord or Cloudflare refuses all requests of this bot or this computer's address. */
    BLOCKED,
    /** Discord may or may not have executed the request. */
    IN_DOUBT
  }

  private final Kind kind;
  private final int code;
  private final RefusalScope scope;
  private final transient Optional<Duration> retryAfter;

  private RestFailure(
      Kind kind, int code, RefusalScope scope, String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.scope = scope;
    this.retryAfter = retryAfter;
  }

  /** Creates a failure without an answer of Discord that explains it. */
  RestFailure(Kind kind, String message) {
    this(kind, 0, RefusalScope.LATER, message, Optional.empty());
  }

  /** Returns the failure of work that could not make its request. */
  public static RestFailure beforeRequest(String message) {
    return new RestFailure(Kind.NOT_SENT, message);
  }

  /**
   * Returns the failure of a rate-limited request.
   *
   * @param everybody true if the limit concerns all requests, not one route
   */
  static RestFailure rateLimited(Duration retryAfter, boolean everybody) {
    return new RestFailure(
        Kind.RATE_LIMITED,
        0,
        everybody ? RefusalScope.EVERYBODY : RefusalScope.LATER,
        "Discord's rate limit was reached",
        Optional.of(retryAfter));
  }

  /** Returns the failure of a refused request. */
  static RestFailure refused(RefusalScope scope, int code, String message) {
    Kind kind = switch (scope) {
      case LATER -> Kind.NOT_SENT;
      case EVERYBODY -> Kind.BLOCKED;
      case ENTRY, CUSTOMER, PLACE -> Kind.REFUSED;
    };
    return new RestFailure(kind, code, scope, message, Optional.empty());
  }

  /** Returns the kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** Returns Discord's error code; 0 if there is none. */
  public int code() {
    return code;
  }

  /** Returns what the failure concerns; {@link RefusalScope#LATER} if Discord did not refuse the request. */
  public RefusalScope scope() {
    return scope;
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
