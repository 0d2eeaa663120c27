package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The channels of guilds: created, changed and deleted, with their events at the gateway. Guarded by the world's lock. */
final class GuildChannels {
  private final World world;

  GuildChannels(World world) {
    this.world = world;
  }

  /** Creates a channel with those settings: name, type, topic, parent_id, permission_overwrites, position, … */
  FakeChannel create(FakeGuild guild, ObjectNode settings) {
    int type = settings.path("type").asInt(FakeChannel.TEXT);
    FakeChannel channel = new FakeChannel(world.snowflakes.next(), type, guild);
    channel.settings.put("name", "").put("position", guild.channels.size()).put("nsfw", false);
    channel.settings.putNull("parent_id").putNull("topic").putArray("permission_overwrites");
    channel.settings.put("rate_limit_per_user", 0);
    change(channel, settings);
    guild.channels.put(channel.id, channel);
    world.channels.put(channel.id, channel);
    world.dispatch("CHANNEL_CREATE", channel.json(world), Intents.GUILDS);
    return channel;
  }

  void update(FakeChannel channel, ObjectNode patch) {
    channel.type = patch.path("type").asInt(channel.type);
    change(channel, patch);
    world.dispatch(
        channel.isThread() ? "THREAD_UPDATE" : "CHANNEL_UPDATE",
        channel.json(world),
        Intents.GUILDS);
  }

  void delete(FakeChannel channel) {
    world.channels.remove(channel.id);
    if (channel.guild != null) {
      channel.guild.channels.remove(channel.id);
    }
    world.dispatch(
        channel.isThread() ? "THREAD_DELETE" : "CHANNEL_DELETE",
        channel.json(world),
        Intents.GUILDS);
  }

  /** Sets the permissions of a role or member in the channel, in place of earlier ones. */
  void overwrite(FakeChannel channel, long id, ObjectNode overwrite) {
    ArrayNode others = withoutOverwrite(channel, id);
    others.add(normalized(overwrite.deepCopy().put("id", Long.toString(id))));
    update(channel, Json.object().set("permission_overwrites", others));
  }

  void removeOverwrite(FakeChannel channel, long id) {
    update(channel, Json.object().set("permission_overwrites", withoutOverwrite(channel, id)));
  }

  private static void change(FakeChannel channel, ObjectNode patch) {
    patch.properties().forEach(field -> {
      if (!List.of("id", "type").contains(field.getKey())) {
        channel.settings.set(field.getKey(), field.getValue().deepCopy());
      }
    });
    if (patch.has("name") && channel.type != FakeChannel.CATEGORY && !channel.isThread()) {
      String name = patch.path("name").asText().toLowerCase(Locale.ROOT).replace(' ', '-');
      channel.settings.put("name", name);
    }
    if (patch.has("permission_overwrites")) {
      ArrayNode overwrites = channel.settings.putArray("permission_overwrites");
      patch
          .path("permission_overwrites")
          .forEach(overwrite -> overwrites.add(normalized(overwrite.deepCopy())));
    }
  }

  private static ArrayNode withoutOverwrite(FakeChannel channel, long id) {
    ArrayNode others = Json.array();
    for (JsonNode overwrite : channel.settings.path("permission_overwrites")) {
      if (Json.id(overwrite.path("id")) != id) {
        others.add(overwrite);
      }
    }
    return others;
  }

  /** Converts ids and permissions to text, as Discord shows them. */
  private static ObjectNode normalized(JsonNode overwrite) {
    ObjectNode json = (ObjectNode) overwrite;
    for (String field : new String[] {"id", "allow", "deny"}) {
      json.put(field, json.path(field).asText("0"));
    }
    return json;
  }
}
