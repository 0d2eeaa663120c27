package dev.relay.discord.fake;

/** The names of the routes that tests plan faults for and count requests of. */
public final class Routes {
  /** All routes. */
  public static final String ANY = "*";

  /** Returns the bot's own user: the first request of a start. */
  public static final String SELF = "GET /users/@me";

  /** Returns the gateway's address for bots, and how many sessions are left. */
  public static final String GATEWAY_OF_BOT = "GET /gateway/bot";

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

  /** Gives the first answer to an interaction. */
  public static final String INTERACTION_CALLBACK =
      "POST /interactions/{interaction}/{token}/callback";

  /** Gives a further answer to an interaction. */
  public static final String FOLLOW_UP = "POST /webhooks/{application}/{token}";

  /** Edits an answer to an interaction. */
  public static final String EDIT_ANSWER =
      "PATCH /webhooks/{application}/{token}/messages/{message}";

  /** Registers a command for all guilds and direct messages. */
  public static final String UPSERT_COMMAND = "POST /applications/{application}/commands";

  /** Replaces all commands, those of a host bot included. */
  public static final String REPLACE_COMMANDS = "PUT /applications/{application}/commands";

  /** Registers a command for one guild. */
  public static final String UPSERT_GUILD_COMMAND =
      "POST /applications/{application}/guilds/{guild}/commands";

  /** Creates a channel of a guild. */
  public static final String CREATE_CHANNEL = "POST /guilds/{guild}/channels";

  /** Changes a channel or a thread. */
  public static final String CHANGE_CHANNEL = "PATCH /channels/{channel}";

  /** Deletes a channel or a thread. */
  public static final String DELETE_CHANNEL = "DELETE /channels/{channel}";

  /** Begins a thread. */
  public static final String CREATE_THREAD = "POST /channels/{channel}/threads";

  /** Adds someone to a thread. */
  public static final String ADD_THREAD_MEMBER = "PUT /channels/{channel}/thread-members/{user}";

  /** Removes someone from a thread. */
  public static final String REMOVE_THREAD_MEMBER =
      "DELETE /channels/{channel}/thread-members/{user}";

  /** Publishes an announcement to the servers that follow its channel. */
  public static final String CROSSPOST = "POST /channels/{channel}/messages/{message}/crosspost";

  /** Reacts to a message. */
  public static final String REACT =
      "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/{user}";

  private Routes() {}
}
