package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Emojis below messages. Guarded by the world's lock. */
final class Reactions {
  private final World world;

  Reactions(World world) {
    this.world = world;
  }

  void add(FakeChannel channel, ObjectNode message, long user, String emoji) {
    ObjectNode reaction = find(message, emoji);
    if (reaction == null) {
      reaction = message
          .withArray("reactions")
          .addObject()
          .put("count", 0)
          .put("me", false)
          .put("me_burst", false);
      reaction.putObject("emoji").putNull("id").put("name", emoji);
      reaction.putObject("count_details").put("normal", 0).put("burst", 0);
      reaction.putArray("burst_colors");
    }
    count(reaction, user, 1);
    dispatch("MESSAGE_REACTION_ADD", channel, message, user, emoji);
  }

  void remove(FakeChannel channel, ObjectNode message, long user, String emoji) {
    ObjectNode reaction = find(message, emoji);
    if (reaction == null) {
      return;
    }
    count(reaction, user, -1);
    if (reaction.path("count").asInt() <= 0) {
      ArrayNode left = Json.array();
      for (JsonNode other : message.path("reactions")) {
        if (!emojiOf(other).equals(emoji)) {
          left.add(other);
        }
      }
      message.set("reactions", left);
    }
    dispatch("MESSAGE_REACTION_REMOVE", channel, message, user, emoji);
  }

  private void count(ObjectNode reaction, long user, int change) {
    int now = reaction.path("count").asInt() + change;
    reaction.put("count", now);
    ((ObjectNode) reaction.path("count_details")).put("normal", now);
    if (user == world.bot.id()) {
      reaction.put("me", change > 0);
    }
  }

  private static @Nullable ObjectNode find(ObjectNode message, String emoji) {
    for (JsonNode reaction : message.path("reactions")) {
      if (emojiOf(reaction).equals(emoji)) {
        return (ObjectNode) reaction;
      }
    }
    return null;
  }

  private static String emojiOf(JsonNode reaction) {
    return reaction.path("emoji").path("name").asText();
  }

  private void dispatch(
      String type, FakeChannel channel, ObjectNode message, long user, String emoji) {
    ObjectNode event = Json.object()
        .put("user_id", Long.toString(user))
        .put("channel_id", Long.toString(channel.id))
        .put("message_id", message.path("id").asText())
        .put("message_author_id", message.path("author").path("id").asText())
        .put("burst", false)
        .put("type", 0);
    event.putObject("emoji").putNull("id").put("name", emoji);
    if (channel.guild != null) {
      event.put("guild_id", Long.toString(channel.guild.id));
      event.set("member", channel.guild.memberWithUser(world, user));
    }
    world.dispatch(type, event, Intents.reactions(channel));
  }
}
