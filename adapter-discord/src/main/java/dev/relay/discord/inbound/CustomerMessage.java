package dev.relay.discord.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A customer's message from the gateway or from the history.
 *
 * @param id Discord's id of the message
 * @param channel the channel of the message
 * @param customer the author
 * @param name the author's name
 * @param guild the server; empty for a direct message
 * @param roles the ids of the author's roles in the server, if known
 * @param text the readable text, including quoted and forwarded messages
 * @param files the attached files
 * @param edited the time of the last edit
 */
record CustomerMessage(
    long id,
    long channel,
    long customer,
    String name,
    Optional<Long> guild,
    Optional<List<Long>> roles,
    String text,
    List<IncomingFile> files,
    Optional<Instant> edited) {

  /**
   * An attached file.
   *
   * @param url the address of its content, valid for some hours
   */
  record IncomingFile(String name, String mediaType, long sizeBytes, String url) {}
}
