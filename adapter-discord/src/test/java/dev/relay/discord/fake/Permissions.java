package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permissions of members in a guild and its channels, computed as Discord documents. Guarded by the world's lock. */
final class Permissions {
  static final long ADMINISTRATOR = 1L << 3;
  static final long MANAGE_CHANNELS = 1L << 4;
  static final long ADD_REACTIONS = 1L << 6;
  static final long VIEW_CHANNEL = 1L << 10;
  static final long SEND_MESSAGES = 1L << 11;
  static final long READ_HISTORY = 1L << 16;
  static final long MENTION_EVERYONE = 1L << 17;
  static final long MANAGE_ROLES = 1L << 28;
  static final long MANAGE_THREADS = 1L << 34;
  static final long CREATE_PRIVATE_THREADS = 1L << 36;
  static final long SEND_IN_THREADS = 1L << 38;
  static final long PIN_MESSAGES = 1L << 51;
  private static final long ALL = (1L << 53) - 1;

  private Permissions() {}

  /** Returns the permissions of a member in the guild, before any channel's overwrites. */
  static long in(FakeGuild guild, long user) {
    if (user == guild.owner) {
      return ALL;
    }
    long granted = permissionsOf(guild, guild.id);
    for (long role : guild.members.getOrDefault(user, Set.of())) {
      granted |= permissionsOf(guild, role);
    }
    return (granted & ADMINISTRATOR) == 0 ? granted : ALL;
  }

  /** Returns the permissions of a member in a channel; a thread has those of its parent. */
  static long in(FakeChannel channel, long user, World world) {
    FakeGuild guild = channel.guild;
    if (guild == null) {
      return ALL;
    }
    FakeChannel place =
        channel.isThread() ? world.channels.getOrDefault(channel.parentId(), channel) : channel;
    long granted = in(guild, user);
    if (granted == ALL) {
      return ALL;
    }
    JsonNode overwrites = place.settings.path("permission_overwrites");
    granted = apply(granted, find(overwrites, guild.id));
    long allow = 0;
    long deny = 0;
    for (long role : guild.members.getOrDefault(user, Set.of())) {
      JsonNode overwrite = find(overwrites, role);
      if (overwrite != null) {
        allow |= overwrite.path("allow").asLong();
        deny |= overwrite.path("deny").asLong();
      }
    }
    granted = (granted & ~deny) | allow;
    return apply(granted, find(overwrites, user));
  }

  /** Refuses if the bot lacks a permission in the channel. */
  static void require(World world, FakeChannel channel, long permission) throws ApiError {
    long granted = in(channel, world.bot.id(), world);
    if ((granted & VIEW_CHANNEL) == 0) {
      throw ApiError.missingAccess();
    }
    if ((granted & permission) != permission) {
      throw ApiError.missingPermissions();
    }
  }

  /** Checks whether the bot has a permission in the channel. */
  static boolean has(World world, FakeChannel channel, long permission) {
    return (in(channel, world.bot.id(), world) & permission) == permission;
  }

  /** Refuses if the bot lacks a permission in the guild. */
  static void require(World world, FakeGuild guild, long permission) throws ApiError {
    if ((in(guild, world.bot.id()) & permission) != permission) {
      throw ApiError.missingPermissions();
    }
  }

  private static long permissionsOf(FakeGuild guild, long role) {
    JsonNode json = guild.roles.get(role);
    return json == null ? 0 : json.path("permissions").asLong();
  }

  private static long apply(long granted, @Nullable JsonNode overwrite) {
    return overwrite == null
        ? granted
        : (granted & ~overwrite.path("deny").asLong()) | overwrite.path("allow").asLong();
  }

  private static @Nullable JsonNode find(JsonNode overwrites, long id) {
    for (JsonNode overwrite : overwrites) {
      if (Json.id(overwrite.path("id")) == id) {
        return overwrite;
      }
    }
    return null;
  }
}
