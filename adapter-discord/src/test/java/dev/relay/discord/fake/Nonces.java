package dev.relay.discord.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nonces seen in a channel, per author. Discord documents that a message with {@code enforce_nonce} and a nonce seen
 * "in the past few minutes" is not made again: the message made first is answered.
 */
final class Nonces {
  private final Map<String, Seen> seen = new HashMap<>();

  private record Seen(long messageId, Instant time) {}

  @Nullable
  Long messageOf(long author, String nonce, Instant now, Duration window) {
    Seen earlier = seen.get(author + "/" + nonce);
    return earlier == null || now.isAfter(earlier.time().plus(window)) ? null : earlier.messageId();
  }

  void remember(long author, String nonce, long messageId, Instant now) {
    seen.put(author + "/" + nonce, new Seen(messageId, now));
  }
}
