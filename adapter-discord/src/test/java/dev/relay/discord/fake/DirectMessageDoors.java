package dev.relay.discord.fake;

import java.util.HashSet;
import java.util.Set;

/** Who takes no direct messages from the bot. Guarded by the world's lock. */
final class DirectMessageDoors {
  private final Set<Long> closed = new HashSet<>();

  void close(long user) {
    closed.add(user);
  }

  void open(long user) {
    closed.remove(user);
  }

  /** Refuses to send into a direct message whose owner takes none. */
  void check(FakeChannel channel) throws ApiError {
    if (channel.isDirect() && channel.members.keySet().stream().anyMatch(closed::contains)) {
      throw ApiError.cannotSendToUser();
    }
  }
}
