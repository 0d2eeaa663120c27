package dev.relay.discord.fake;

import java.util.HashSet;
import java.util.Set;

/** The users who do not accept direct messages from the bot. Guarded by the world's lock. */
final class DirectMessageDoors {
  private final Set<Long> closed = new HashSet<>();

  void close(long user) {
    closed.add(user);
  }

  void open(long user) {
    closed.remove(user);
  }

  /** Refuses to send into a direct message whose recipient does not accept any. */
  void check(FakeChannel channel) throws ApiError {
    if (channel.isDirect() && channel.members.keySet().stream().anyMatch(closed::contains)) {
      throw ApiError.cannotSendToUser();
    }
  }
}
