package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is peculiar to threads. Guarded by the world's lock. */
final class Threads {
  private Threads() {}

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

  /** Writing into an archived thread takes it out of the archive. */
  static void revive(World world, FakeChannel channel) {
    if (channel.isThread() && isArchived(channel)) {
      archive(world, channel, false);
      tell(world, "THREAD_UPDATE", channel);
    }
  }

  static void tell(World world, String type, FakeChannel thread) {
    world.tell(type, thread.json(world), Intents.GUILDS);
  }
}
