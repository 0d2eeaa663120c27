package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A guild ("server"): its roles, members and channels. Guarded by the world's lock. */
final class FakeGuild {
  final long id;
  final String name;
  final Map<Long, ObjectNode> roles = new LinkedHashMap<>();

  /** The roles of each member, without the one of everyone. */
  final Map<Long, Set<Long>> members = new LinkedHashMap<>();

  final Map<Long, FakeChannel> channels = new LinkedHashMap<>();
  private final String made;
  final long owner;

  FakeGuild(long id, String name, long owner) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.made = Snowflakes.time(id).toString();
  }

  /** Returns the content of GUILD_CREATE. */
  ObjectNode json(World world) {
    ObjectNode guild = partial();
    guild.put("name", name).put("owner_id", Long.toString(owner)).put("joined_at", made);
    for (String absent : new String[] {
      "icon", "splash", "description", "banner", "afk_channel_id", "system_channel_id"
    }) {
      guild.putNull(absent);
    }
    guild
        .put("afk_timeout", 300)
        .put("verification_level", 0)
        .put("default_message_notifications", 0);
    guild
        .put("explicit_content_filter", 0)
        .put("mfa_level", 0)
        .put("nsfw_level", 0)
        .put("premium_tier", 0);
    guild.put("premium_subscription_count", 0).put("premium_progress_bar_enabled", false);
    guild.put("system_channel_flags", 0).put("max_members", 500_000);
    guild.put("member_count", members.size()).put("large", false).put("unavailable", false);
    ArrayNode rolesArray = guild.putArray("roles");
    roles.values().forEach(role -> rolesArray.add(role.deepCopy()));
    ArrayNode membersArray = guild.putArray("members");
    membersArray.add(memberWithUser(world, world.bot.id()));
    ArrayNode channelsArray = guild.putArray("channels");
    ArrayNode threads = guild.putArray("threads");
    for (FakeChannel channel : channels.values()) {
      if (!channel.isThread()) {
        channelsArray.add(channel.json(world));
      } else if (channel.members.containsKey(world.bot.id()) && !Threads.isArchived(channel)) {
        threads.add(channel.json(world));
      }
    }
    for (String empty : new String[] {
      "emojis",
      "stickers",
      "voice_states",
      "presences",
      "stage_instances",
      "guild_scheduled_events",
      "soundboard_sounds"
    }) {
      guild.putArray(empty);
    }
    return guild;
  }

  /** Returns the part of the guild that interactions contain. */
  ObjectNode partial() {
    ObjectNode guild = Json.object().put("id", Long.toString(id)).put("preferred_locale", "en-US");
    guild.putArray("features").add("COMMUNITY").add("NEWS");
    return guild;
  }

  /** Returns a member without the user. */
  ObjectNode member(long user) {
    ObjectNode member = Json.object()
        .put("joined_at", made)
        .put("deaf", false)
        .put("mute", false)
        .put("flags", 0);
    member.put("pending", false);
    member
        .putNull("nick")
        .putNull("avatar")
        .putNull("premium_since")
        .putNull("communication_disabled_until");
    ArrayNode list = member.putArray("roles");
    members
        .getOrDefault(user, new LinkedHashSet<>())
        .forEach(role -> list.add(Long.toString(role)));
    return member;
  }

  ObjectNode memberWithUser(World world, long user) {
    ObjectNode member = member(user);
    member.set("user", world.user(user).json());
    return member;
  }

  ObjectNode role(long role) {
    ObjectNode found = roles.get(role);
    if (found == null) {
      throw new IllegalArgumentException("no such role: " + role);
    }
    return found;
  }

  long addRole(long role, String roleName, long permissions) {
    ObjectNode json = Json.object()
        .put("id", Long.toString(role))
        .put("name", roleName)
        .put("color", 0)
        .put("hoist", false)
        .put("position", roles.size())
        .put("permissions", Long.toString(permissions))
        .put("managed", false)
        .put("mentionable", false)
        .put("flags", 0);
    json.putNull("icon").putNull("unicode_emoji");
    json.putObject("colors")
        .put("primary_color", 0)
        .putNull("secondary_color")
        .putNull("tertiary_color");
    roles.put(role, json);
    return role;
  }
}
