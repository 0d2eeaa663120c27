package dev.relay.discord.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that a person wrote to Relay, from the gateway or from the history.
 *
 * @param id Discord's id
 * @param channel where it stands
 * @param player who wrote it
 * @param name what the player is called
 * @param guild in which server; empty in a direct message
 * @param roles the ids of the player's roles there, where known
 * @param text as readable text, with what was quoted or forwarded
 * @param files what hangs on it
 * @param edited when it was last changed
 */
record PlayerMessage(
    long id,
    long channel,
    long player,
    String name,
    Optional<Long> guild,
    Optional<List<Long>> roles,
    String text,
    List<IncomingFile> files,
    Optional<Instant> edited) {

  /**
   * A file that hangs on a message.
   *
   * @param url where its content can be had for some hours
   */
  record IncomingFile(String name, String mediaType, long sizeBytes, String url) {}
}
