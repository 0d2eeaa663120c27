package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The messages: created, edited and deleted, with their events at the gateway. Guarded by the world's lock. */
final class Messages {
  private static final int TYPE_DEFAULT = 0;
  private static final int TYPE_PIN_NOTICE = 6;
  private static final int TYPE_REPLY = 19;

  private final World world;
  private final Cdn cdn;
  private final Mentions mentions;

  Messages(World world, Cdn cdn) {
    this.world = world;
    this.cdn = cdn;
    this.mentions = new Mentions(world);
  }

  /** Adds the notice that Discord posts in the name of whoever pins a message (message type 6). */
  void postPinNotice(FakeChannel channel, User author, long pinned) {
    ObjectNode draft = Json.object().put("type", TYPE_PIN_NOTICE);
    draft
        .putObject("message_reference")
        .put("message_id", Long.toString(pinned))
        .put("channel_id", Long.toString(channel.id));
    post(channel, author, draft, List.of(), true);
  }

  /**
   * Creates a message. The draft holds the fields that a request may set: content, embeds, components, flags, nonce,
   * message_reference, and for the driver sticker_items and message_snapshots. Returns the message as stored.
   */
  ObjectNode post(
      FakeChannel channel,
      User author,
      ObjectNode draft,
      List<FileContent> files,
      boolean dispatches) {
    ObjectNode message = made(channel, author, draft, files);
    channel.messages.put(Json.id(message.get("id")), message);
    channel.lastMessageId = Json.id(message.get("id"));
    if (dispatches) {
      dispatch("MESSAGE_CREATE", channel, message);
    }
    return message;
  }

  /** Composes a message that is shown to one user only, and stored nowhere. */
  ObjectNode made(FakeChannel channel, User author, ObjectNode draft, List<FileContent> files) {
    long id = world.snowflakes.next();
    ObjectNode message = Json.object()
        .put("id", Long.toString(id))
        .put("type", type(draft))
        .put("channel_id", Long.toString(channel.id))
        .put("content", draft.path("content").asText(""))
        .put("timestamp", Snowflakes.time(id).toString())
        .put("tts", false)
        .put("pinned", false)
        .put("flags", draft.path("flags").asInt(0));
    message.set("author", author.json());
    message.putNull("edited_timestamp");
    copyArray(draft, message, "embeds");
    Components.copy(draft, message);
    ArrayNode attachments = message.putArray("attachments");
    files.forEach(file -> attachments.add(cdn.keep(channel, file)));
    for (String optional : new String[] {
      "nonce",
      "sticker_items",
      "message_snapshots",
      "webhook_id",
      "application_id",
      "interaction_metadata"
    }) {
      if (draft.has(optional)) {
        message.set(optional, draft.get(optional).deepCopy());
      }
    }
    refer(channel, draft, message);
    mentions.apply(channel, draft, message);
    return message;
  }

  private static int type(ObjectNode draft) {
    boolean isReply = draft.has("message_reference") && !draft.has("message_snapshots");
    return draft.path("type").asInt(isReply ? TYPE_REPLY : TYPE_DEFAULT);
  }

  /** Changes only the fields that the patch holds; null removes a field. */
  void edit(
      FakeChannel channel,
      ObjectNode message,
      ObjectNode patch,
      List<FileContent> files,
      boolean dispatches) {
    if (patch.has("content")) {
      message.put("content", patch.path("content").asText(""));
      mentions.apply(channel, patch, message);
    }
    if (patch.has("embeds")) {
      copyArray(patch, message, "embeds");
    }
    if (patch.has("components")) {
      Components.copy(patch, message);
    }
    if (patch.has("flags")) {
      message.put("flags", patch.path("flags").asInt(0));
    }
    if (patch.has("attachments")) {
      keepOnly(message, patch.get("attachments"));
    }
    files.forEach(file -> message.withArray("attachments").add(cdn.keep(channel, file)));
    message.put("edited_timestamp", world.snowflakes.stamp().toString());
    if (dispatches) {
      dispatch("MESSAGE_UPDATE", channel, message);
    }
  }

  /** Shows a preview of a link below the message, which is no edit. */
  void preview(FakeChannel channel, ObjectNode message, String url) {
    message
        .withArray("embeds")
        .addObject()
        .put("type", "link")
        .put("url", url)
        .put("title", "A page");
    dispatch("MESSAGE_UPDATE", channel, message);
  }

  /** Publishes an announcement, which Discord shows by a flag and does not mark as an edit. */
  void publish(FakeChannel channel, ObjectNode message, int flags) {
    message.put("flags", flags);
    dispatch("MESSAGE_UPDATE", channel, message);
  }

  void delete(FakeChannel channel, long id, boolean dispatches) throws ApiError {
    if (channel.messages.remove(id) == null) {
      throw ApiError.unknownMessage();
    }
    if (dispatches) {
      ObjectNode event =
          Json.object().put("id", Long.toString(id)).put("channel_id", Long.toString(channel.id));
      if (channel.guild != null) {
        event.put("guild_id", Long.toString(channel.guild.id));
      }
      world.dispatch("MESSAGE_DELETE", event, Intents.messages(channel));
    }
  }

  ObjectNode messageOr404(FakeChannel channel, long id) throws ApiError {
    ObjectNode message = channel.messages.get(id);
    if (message == null) {
      throw ApiError.unknownMessage();
    }
    return message;
  }

  /** Returns the message as Discord sends it, with signed links. */
  ObjectNode shown(ObjectNode message) {
    ObjectNode copy = message.deepCopy();
    cdn.sign(copy.path("attachments"));
    for (JsonNode snapshot : copy.path("message_snapshots")) {
      cdn.sign(snapshot.path("message").path("attachments"));
    }
    if (copy.has("referenced_message")) {
      cdn.sign(copy.path("referenced_message").path("attachments"));
    }
    return copy;
  }

  private void dispatch(String type, FakeChannel channel, ObjectNode message) {
    ObjectNode event = shown(message);
    event.put("channel_type", channel.type);
    if (channel.guild != null) {
      event.put("guild_id", Long.toString(channel.guild.id));
      event.set("member", channel.guild.member(Json.id(event.path("author").path("id"))));
    }
    if (channel.guild != null && world.withholdsContent) {
      event.put("content", "");
      for (String field : new String[] {"embeds", "attachments", "components"}) {
        event.putArray(field);
      }
      event.remove("poll");
    }
    world.dispatch(type, event, Intents.messages(channel));
  }

  private void refer(FakeChannel channel, ObjectNode draft, ObjectNode message) {
    JsonNode reference = draft.path("message_reference");
    if (!reference.isObject()) {
      return;
    }
    ObjectNode shown = message.putObject("message_reference");
    shown.put("type", reference.path("type").asInt(0));
    shown.put("message_id", reference.path("message_id").asText());
    shown.put("channel_id", reference.path("channel_id").asText(Long.toString(channel.id)));
    if (shown.get("type").asInt() == 0) {
      ObjectNode referred = channel.messages.get(Json.id(reference.path("message_id")));
      if (referred == null) {
        message.putNull("referenced_message");
      } else {
        ObjectNode copy = referred.deepCopy();
        copy.remove("referenced_message");
        message.set("referenced_message", copy);
      }
    }
  }

  private static void keepOnly(ObjectNode message, JsonNode kept) {
    ArrayNode old = message.withArray("attachments");
    ArrayNode now = Json.array();
    for (JsonNode attachment : old) {
      for (JsonNode keep : kept) {
        if (keep.path("id").asText().equals(attachment.path("id").asText())) {
          now.add(attachment);
        }
      }
    }
    message.set("attachments", now);
  }

  private static void copyArray(ObjectNode from, ObjectNode to, String field) {
    JsonNode array = from.path(field);
    ArrayNode copy = to.putArray(field);
    array.forEach(element -> copy.add(element.deepCopy()));
    if (field.equals("embeds")) {
      copy.forEach(embed -> ((ObjectNode) embed).put("type", "rich"));
    }
  }
}
