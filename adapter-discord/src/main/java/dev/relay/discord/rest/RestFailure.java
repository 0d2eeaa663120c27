package dev.relay.discord.rest;

import java.time.Duration;
import java.util.Optional;

/** A request that did not succeed. Says what Discord said, never what people wrote. */
public final class RestFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** The channel is gone, or never was. */
  public static final int UNKNOWN_CHANNEL = 10_003;
  /** The message is gone, or never was. */
  public static final int UNKNOWN_MESSAGE = 10_008;
  /** The user has closed direct messages. */
  public static final int CANNOT_SEND_TO_USER = 50_007;
  /** The user shares no server with the bot any more. */
  public static final int NO_MUTUAL_GUILDS = 50_278;

  /** What kind of failure it was. */
  public enum Kind {
    /** Discord certainly did nothing; trying again may help. */
    NOT_SENT,
    /** Discord did nothing and asks to wait. */
    ASKED_TO_WAIT,
    /** Discord will never do that. */
    REFUSED,
    /** The bot's token is not accepted. */
    BAD_TOKEN,
    /** Nobody knows whether Discord did it. */
    IN_DOUBT
  }

  private final Kind kind;
  private final int code;
  private final transient Optional<Duration> wish;

  RestFailure(Kind kind, int code, String message, Optional<Duration> wish) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.wish = wish;
  }

  /** What kind of failure it was. */
  public Kind kind() {
    return kind;
  }

  /** Discord's error code; 0 where it gave none. */
  public int code() {
    return code;
  }

  /** How long Discord asks to wait. */
  public Optional<Duration> wish() {
    return wish;
  }

  /** Whether the user cannot be written to directly. */
  public boolean isClosedDirectMessage() {
    return code == CANNOT_SEND_TO_USER || code == NO_MUTUAL_GUILDS;
  }

  /** One line for the operator. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
