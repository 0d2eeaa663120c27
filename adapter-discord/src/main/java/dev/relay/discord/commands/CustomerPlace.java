package dev.relay.discord.commands;

import java.util.Optional;

/**
 * Where a customer is served.
 *
 * @param channelId the direct message's or the thread's id
 * @param guildId the thread's server; empty for a direct message
 */
public record CustomerPlace(String channelId, Optional<String> guildId) {

  /** A direct message. */
  public static CustomerPlace directMessage(String channelId) {
    return new CustomerPlace(channelId, Optional.empty());
  }

  /** A private thread, where direct messages are closed. */
  public static CustomerPlace thread(String guildId, String threadId) {
    return new CustomerPlace(threadId, Optional.of(guildId));
  }

  /** The address that opens it in Discord. */
  public String link() {
    return "https://discord.com/channels/" + guildId.orElse("@me") + "/" + channelId;
  }
}
