package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A channel: a direct message, a channel of a guild, or a thread. Guarded by the world's lock. */
final class FakeChannel {
  static final int TEXT = 0;
  static final int DIRECT_MESSAGE = 1;
  static final int CATEGORY = 4;
  static final int ANNOUNCEMENT = 5;
  static final int PUBLIC_THREAD = 11;
  static final int PRIVATE_THREAD = 12;

  final long id;
  int type;
  final @Nullable FakeGuild guild;

  /** The fields that a request may set: name, topic, parent_id, position, permission_overwrites, … */
  final ObjectNode settings = Json.object();

  /** The members of a direct message or thread, with the time of joining. */
  final Map<Long, String> members = new LinkedHashMap<>();

  /** The messages by id, without deleted ones. */
  final NavigableMap<Long, ObjectNode> messages = new TreeMap<>();

  /** Delivery keys seen, for Discord's own protection against duplicates. */
  final Nonces nonces = new Nonces();

  long lastMessageId;

  FakeChannel(long id, int type, @Nullable FakeGuild guild) {
    this.id = id;
    this.type = type;
    this.guild = guild;
  }

  boolean isThread() {
    return type == PUBLIC_THREAD || type == PRIVATE_THREAD;
  }

  boolean isDirect() {
    return type == DIRECT_MESSAGE;
  }

  String name() {
    return settings.path("name").asText("");
  }

  long parentId() {
    return Json.id(settings.path("parent_id"));
  }

  /** Returns the channel as Discord shows it to that bot. */
  ObjectNode json(World world) {
    ObjectNode json =
        Json.object().put("id", Long.toString(id)).put("type", type).put("flags", 0);
    if (lastMessageId == 0) {
      json.putNull("last_message_id");
    } else {
      json.put("last_message_id", Long.toString(lastMessageId));
    }
    if (isDirect()) {
      ArrayNode recipients = json.putArray("recipients");
      members.keySet().stream()
          .filter(member -> member != world.bot.id())
          .forEach(member -> recipients.add(world.user(member).json()));
      return json;
    }
    json.setAll(settings.deepCopy());
    if (guild != null) {
      json.put("guild_id", Long.toString(guild.id));
    }
    if (isThread()) {
      json.put("member_count", members.size());
      json.put("message_count", messages.size());
      json.put("total_message_sent", messages.size());
      String joined = members.get(world.bot.id());
      if (joined != null) {
        json.set("member", threadMember(world.bot.id(), joined));
      }
    }
    return json;
  }

  /** Returns a member of this thread, without the details of the user. */
  ObjectNode threadMember(long user, String joined) {
    return Json.object()
        .put("id", Long.toString(id))
        .put("user_id", Long.toString(user))
        .put("join_timestamp", joined)
        .put("flags", 0);
  }

  List<ObjectNode> written() {
    return new ArrayList<>(messages.values());
  }
}
