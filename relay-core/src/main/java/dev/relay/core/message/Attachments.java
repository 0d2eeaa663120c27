package dev.relay.core.message;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** The contents of attachments, kept in chunks and streamed, never whole in memory. Thread-safe. */
public interface Attachments {

  /**
   * Stores the content of a stream, read to its end; the caller closes the stream. If storing fails, nothing is kept.
   *
   * @param owner the reader besides live agents: a customer's address key with its channel ({@code web:…}), or a live agent
   * @param fileName 1 to 255 characters, untrusted
   * @param mediaType the type that the sender gave, untrusted
   * @param maxBytes the most bytes that are accepted
   * @throws AttachmentTooLarge if the stream has more bytes
   * @throws IOException if the stream fails
   */
  AttachmentRef keep(
      String owner,
      String fileName,
      String mediaType,
      InputStream content,
      long maxBytes,
      Instant now)
      throws IOException, AttachmentTooLarge;

  /** Returns an attachment's name, type, size and owner. */
  Optional<Kept> find(String id);

  /** Opens the content at its beginning; the caller closes it. Returns empty if there is no such attachment. */
  Optional<InputStream> open(String id);

  /**
   * Removes contents that were stored before a moment and that no message in any transcript refers to; returns how many.
   *
   * @param before younger ones may still wait for their message
   * @param limit the most contents to remove
   */
  int removeUnreferenced(Instant before, int limit);

  /**
   * A stored attachment.
   *
   * @param ref its id, name, type and size
   * @param owner the reader besides live agents
   * @param keptAt when it was stored
   */
  record Kept(AttachmentRef ref, String owner, Instant keptAt) {}

  /** Thrown when a content is longer than allowed. */
  final class AttachmentTooLarge extends Exception {
    private static final long serialVersionUID = 1;

    /** Takes the limit that was exceeded, in bytes. */
    public AttachmentTooLarge(long maxBytes) {
      super("an attachment may have at most " + maxBytes + " bytes");
    }
  }
}
