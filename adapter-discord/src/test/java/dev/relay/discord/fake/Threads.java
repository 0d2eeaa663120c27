package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The rules that apply only to threads. Guarded by the world's lock. */
final class Threads {
  private static final int DEFAULT_ARCHIVE_MINUTES = 4_320;

  private Threads() {}

  /** Creates a thread in a channel, with its owner as a member. */
  static FakeChannel begin(
      World world, FakeChannel parent, FakeGuild guild, int type, long owner, ObjectNode wanted) {
    FakeChannel thread = new FakeChannel(world.snowflakes.next(), type, guild);
    thread.settings.put("name", wanted.path("name").asText());
    thread.settings.put("parent_id", Long.toString(parent.id));
    thread.settings.put("owner_id", Long.toString(owner));
    thread.settings.put(
        "rate_limit_per_user", wanted.path("rate_limit_per_user").asInt(0));
    String made = Snowflakes.time(thread.id).toString();
    thread
        .settings
        .putObject("thread_metadata")
        .put("archived", false)
        .put("locked", false)
        .put("invitable", wanted.path("invitable").asBoolean(true))
        .put(
            "auto_archive_duration",
            wanted.path("auto_archive_duration").asInt(DEFAULT_ARCHIVE_MINUTES))
        .put("archive_timestamp", made)
        .put("create_timestamp", made);
    thread.members.put(owner, made);
    guild.channels.put(thread.id, thread);
    world.channels.put(thread.id, thread);
    world.dispatch("THREAD_CREATE", thread.json(world).put("newly_created", true), Intents.GUILDS);
    return thread;
  }

  static boolean isArchived(FakeChannel thread) {
    return thread.settings.path("thread_metadata").path("archived").asBoolean(false);
  }

  static boolean isLocked(FakeChannel thread) {
    return thread.settings.path("thread_metadata").path("locked").asBoolean(false);
  }

  static void archive(World world, FakeChannel thread, boolean archived) {
    ((ObjectNode) thread.settings.path("thread_metadata"))
        .put("archived", archived)
        .put("archive_timestamp", world.snowflakes.stamp().toString());
  }

  /** Unarchives a thread in which a message is written. */
  static void revive(World world, FakeChannel channel) {
    if (channel.isThread() && isArchived(channel)) {
      archive(world, channel, false);
      dispatch(world, "THREAD_UPDATE", channel);
    }
  }

  static void dispatch(World world, String type, FakeChannel thread) {
    world.dispatch(type, thread.json(world), Intents.GUILDS);
  }
}
