package dev.relay.discord.fake;

/** The names of the routes that tests plan faults for and count requests of. */
public final class Routes {
  /** Every route there is. */
  public static final String ANY = "*";

  /** Who the bot is: the first request of a start. */
  public static final String SELF = "GET /users/@me";

  /** Opens the direct message with a user. */
  public static final String OPEN_DIRECT_MESSAGE = "POST /users/@me/channels";

  /** Sends a message. */
  public static final String SEND_MESSAGE = "POST /channels/{channel}/messages";

  /** Reads a channel's history. */
  public static final String HISTORY = "GET /channels/{channel}/messages";

  /** Reads one message. */
  public static final String MESSAGE = "GET /channels/{channel}/messages/{message}";

  /** Edits a message. */
  public static final String EDIT_MESSAGE = "PATCH /channels/{channel}/messages/{message}";

  /** Deletes a message. */
  public static final String DELETE_MESSAGE = "DELETE /channels/{channel}/messages/{message}";

  /** Shows that the bot is typing. */
  public static final String TYPING = "POST /channels/{channel}/typing";

  private Routes() {}
}
