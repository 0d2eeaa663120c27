package dev.relay.discord.fake;

/** What is peculiar to threads. */
final class Threads {
  private Threads() {}

  static boolean isArchived(FakeChannel thread) {
    return thread.settings.path("thread_metadata").path("archived").asBoolean(false);
  }
}
