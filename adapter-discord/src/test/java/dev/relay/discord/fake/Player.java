package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A person in Discord, as a test drives them: what they do at once, and what they see. Thread-safe. */
public final class Player {
  private final World world;
  private final Messages messages;
  private final DirectMessageDoors doors;
  private final User user;

  Player(World world, Messages messages, DirectMessageDoors doors, User user) {
    this.world = world;
    this.messages = messages;
    this.doors = doors;
    this.user = user;
  }

  /** The person's user id. */
  public long id() {
    return user.id();
  }

  /** The person's user name. */
  public String name() {
    return user.name();
  }

  /** The id of the person's direct message with the bot, opened where there is none yet. */
  public long directMessageId() {
    synchronized (world) {
      return world.directMessage(user.id()).id;
    }
  }

  /** Writes to the bot in the direct message; answers the message's id. */
  public long writes(String text) {
    return write(Json.object().put("content", text), List.of(), true);
  }

  /** Writes to the bot, with text files of those names and contents in turn; answers the message's id. */
  public long writesWithFiles(String text, String... namesAndContents) {
    List<FileContent> files = new ArrayList<>();
    for (int i = 0; i + 1 < namesAndContents.length; i += 2) {
      byte[] bytes = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
      files.add(new FileContent(namesAndContents[i], "text/plain; charset=utf-8", bytes));
    }
    return write(Json.object().put("content", text), files, true);
  }

  /** Sends the bot a file of that name, kind and content; answers the message's id. */
  public long sendsFile(String text, String fileName, String contentType, byte[] content) {
    return write(
        Json.object().put("content", text),
        List.of(new FileContent(fileName, contentType, content)),
        true);
  }

  /** Writes to the bot; the gateway never tells, only the channel's history does. Answers the message's id. */
  public long writesUnseen(String text) {
    return write(Json.object().put("content", text), List.of(), false);
  }

  /** Replies in the direct message to that message; answers the reply's id. */
  public long replies(long toMessage, String text) {
    ObjectNode draft = Json.object().put("content", text);
    draft.putObject("message_reference").put("type", 0).put("message_id", Long.toString(toMessage));
    return write(draft, List.of(), true);
  }

  /** Sends a sticker of that name; answers the message's id. */
  public long sendsSticker(String name) {
    ObjectNode draft = Json.object().put("content", "");
    draft
        .putArray("sticker_items")
        .addObject()
        .put("id", Long.toString(world.snowflakes.next()))
        .put("name", name)
        .put("format_type", 1);
    return write(draft, List.of(), true);
  }

  /** Forwards a message of that text from elsewhere; answers the forward's id. */
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
    return write(draft, List.of(), true);
  }

  /** Edits a message of the person's own in the direct message. */
  public void edits(long message, String text) {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      messages.edit(
          channel, own(channel, message), Json.object().put("content", text), List.of(), true);
    }
  }

  /** Edits a message of the person's own; the gateway never tells. */
  public void editsUnseen(long message, String text) {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      messages.edit(
          channel, own(channel, message), Json.object().put("content", text), List.of(), false);
    }
  }

  /** Deletes a message of the person's own in the direct message. */
  public void deletes(long message) {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      own(channel, message);
      try {
        messages.delete(channel, message, true);
      } catch (ApiError gone) {
        throw new IllegalStateException(gone);
      }
    }
  }

  /** Reacts to a message in the direct message with that emoji. */
  public void reacts(long message, String emoji) {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      new Reactions(world).add(channel, known(channel, message), user.id(), emoji);
    }
  }

  /** Starts typing in the direct message. */
  public void types() {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      ObjectNode event = Json.object()
          .put("channel_id", Long.toString(channel.id))
          .put("user_id", Long.toString(user.id()))
          .put("timestamp", world.clock.instant().getEpochSecond());
      world.tell("TYPING_START", event, Intents.typing(channel));
    }
  }

  /** Takes no direct messages of the bot from now on: opening succeeds, sending fails. */
  public void closesDirectMessages() {
    synchronized (world) {
      doors.close(user.id());
    }
  }

  /** Takes direct messages again. */
  public void opensDirectMessages() {
    synchronized (world) {
      doors.open(user.id());
    }
  }

  /** All that the direct message shows now, the person's own messages included, oldest first. */
  public List<SeenMessage> directMessages() {
    synchronized (world) {
      return world.directMessage(user.id()).written().stream()
          .map(messages::shown)
          .map(SeenMessage::of)
          .toList();
    }
  }

  /** The texts that the bot wrote into the direct message, as they are now, oldest first. */
  public List<String> textsFromBot() {
    return directMessages().stream()
        .filter(message -> message.author().equals(world.bot.name()))
        .map(SeenMessage::text)
        .toList();
  }

  private long write(ObjectNode draft, List<FileContent> files, boolean told) {
    synchronized (world) {
      FakeChannel channel = world.directMessage(user.id());
      return Json.id(messages.post(channel, user, draft, files, told).path("id"));
    }
  }

  private ObjectNode own(FakeChannel channel, long message) {
    ObjectNode found = known(channel, message);
    if (Json.id(found.path("author").path("id")) != user.id()) {
      throw new IllegalArgumentException("not a message of " + user.name() + ": " + message);
    }
    return found;
  }

  private static ObjectNode known(FakeChannel channel, long message) {
    ObjectNode found = channel.messages.get(message);
    if (found == null) {
      throw new IllegalArgumentException("no such message: " + message);
    }
    return found;
  }
}
