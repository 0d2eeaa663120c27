package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A simulated customer in Discord, driven by a test: performs actions at once, and shows what the customer sees. Actions
 * without a channel happen in the direct message with the bot. Thread-safe.
 */
public final class FakeCustomer {
  private final Backstage backstage;
  private final World world;
  private final User user;
  private volatile String locale = "en-US";

  FakeCustomer(Backstage backstage, User user) {
    this.backstage = backstage;
    this.world = backstage.world();
    this.user = user;
  }

  /** Returns the customer's user id. */
  public long id() {
    return user.id();
  }

  /** Returns the customer's user name. */
  public String name() {
    return user.name();
  }

  /** Returns the language that the customer's client is set to, such as {@code es-ES}; {@code en-US} at first. */
  public String locale() {
    return locale;
  }

  /** Sets the customer's client to that language from now on. */
  public void speaks(String language) {
    locale = language;
  }

  /** Returns the customer in a channel of a guild or in a thread. */
  public Place in(long channel) {
    synchronized (world) {
      FakeChannel found = world.channels.get(channel);
      if (found == null) {
        throw new IllegalArgumentException("no such channel: " + channel);
      }
      return new Place(backstage, this, found);
    }
  }

  /** Returns the customer in the direct message with the bot, opened if there is none yet. */
  public Place inDirectMessage() {
    synchronized (world) {
      return new Place(backstage, this, world.directMessage(user.id()));
    }
  }

  /** Returns the id of the customer's direct message with the bot, opened if there is none yet. */
  public long directMessageId() {
    return inDirectMessage().channelId();
  }

  /** Writes to the bot and returns the message's id. */
  public long writes(String text) {
    return inDirectMessage().writes(text);
  }

  /** Writes to the bot, with text files of those names and contents, and returns the message's id. */
  public long writesWithFiles(String text, String... namesAndContents) {
    List<FileContent> files = new ArrayList<>();
    for (int i = 0; i + 1 < namesAndContents.length; i += 2) {
      byte[] bytes = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
      files.add(new FileContent(namesAndContents[i], "text/plain; charset=utf-8", bytes));
    }
    return inDirectMessage().write(Json.object().put("content", text), files, true);
  }

  /** Sends the bot a file of that name, kind and content, and returns the message's id. */
  public long sendsFile(String text, String fileName, String contentType, byte[] content) {
    return inDirectMessage().sendsFile(text, fileName, contentType, content);
  }

  /** Sends the bot an image that is marked as a spoiler, and returns the message's id. */
  public long sendsSpoiler(String text, String fileName) {
    FileContent image = new FileContent(fileName, "image/png", new byte[] {1}, true);
    return inDirectMessage().write(Json.object().put("content", text), List.of(image), true);
  }

  /** Writes to the bot without an event at the gateway; only the history of the channel contains the message. Returns the message's id. */
  public long writesUnseen(String text) {
    return inDirectMessage().writesUnseen(text);
  }

  /** Replies to that message and returns the reply's id. */
  public long replies(long toMessage, String text) {
    return inDirectMessage().replies(toMessage, text);
  }

  /** Sends a sticker of that name and returns the message's id. */
  public long sendsSticker(String name) {
    ObjectNode draft = Json.object().put("content", "");
    draft
        .putArray("sticker_items")
        .addObject()
        .put("id", Long.toString(world.snowflakes.next()))
        .put("name", name)
        .put("format_type", 1);
    return inDirectMessage().write(draft, List.of(), true);
  }

  /** Forwards a message of that text from elsewhere and returns the forward's id. */
  public long forwards(String text) {
    ObjectNode draft = Json.object().put("content", "");
    long origin = world.snowflakes.next();
    draft
        .putObject("message_reference")
        .put("type", 1)
        .put("message_id", Long.toString(origin))
        .put("channel_id", Long.toString(origin - 1));
    ObjectNode snapshot = draft.putArray("message_snapshots").addObject().putObject("message");
    snapshot.put("type", 0).put("content", text).put("flags", 0);
    snapshot.put("timestamp", Snowflakes.time(origin).toString()).putNull("edited_timestamp");
    for (String empty :
        new String[] {"attachments", "embeds", "mentions", "mention_roles", "components"}) {
      snapshot.putArray(empty);
    }
    return inDirectMessage().write(draft, List.of(), true);
  }

  /** Edits a message of the customer's own. */
  public void edits(long message, String text) {
    inDirectMessage().edits(message, text);
  }

  /** Edits a message of the customer's own without an event at the gateway. */
  public void editsUnseen(long message, String text) {
    inDirectMessage().editsUnseen(message, text);
  }

  /** Shows a preview of a link below a message: sent as an update of the message, although nobody edited it. */
  public void previewAppears(long message, String url) {
    inDirectMessage().previewAppears(message, url);
  }

  /** Deletes a message of the customer's own. */
  public void deletes(long message) {
    inDirectMessage().deletes(message);
  }

  /** Reacts to a message with that emoji. */
  public void reacts(long message, String emoji) {
    inDirectMessage().reacts(message, emoji);
  }

  /** Starts typing. */
  public void types() {
    inDirectMessage().types();
  }

  /** Runs a command without options in the direct message; see {@link Place#runs(String, Map)}. */
  public Interaction runs(String command) {
    return inDirectMessage().runs(command);
  }

  /** Runs a command in the direct message; see {@link Place#runs(String, Map)}. */
  public Interaction runs(String command, Map<String, ?> options) {
    return inDirectMessage().runs(command, options);
  }

  /** Presses the button of that custom id below a message of the direct message. */
  public Interaction presses(long message, String customId) {
    return inDirectMessage().presses(message, customId);
  }

  /** Fills in the modal that the interaction showed and submits it. */
  public Interaction submits(Interaction shownBy, Map<String, String> values) {
    return in(shownBy.channel.id).submits(shownBy, values);
  }

  /** Closes direct messages from the bot: opening succeeds, sending fails. */
  public void closesDirectMessages() {
    synchronized (world) {
      backstage.doors().close(user.id());
    }
  }

  /** Accepts direct messages again. */
  public void opensDirectMessages() {
    synchronized (world) {
      backstage.doors().open(user.id());
    }
  }

  /** Returns all that the direct message shows now, the customer's own messages included, oldest first. */
  public List<SeenMessage> directMessages() {
    return inDirectMessage().messages();
  }

  /** Returns the texts that the bot wrote into the direct message, as they are now, oldest first. */
  public List<String> textsFromBot() {
    return directMessages().stream()
        .filter(message -> message.author().equals(world.bot.name()))
        .map(SeenMessage::text)
        .toList();
  }
}
