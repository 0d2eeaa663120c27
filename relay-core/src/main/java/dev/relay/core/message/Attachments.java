package dev.relay.core.message;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** The contents of attachments, kept in chunks and streamed, never whole in memory. Thread-safe. */
public interface Attachments {

  /**
   * Keeps the content of a stream, read to its end; the caller closes it. Half-kept contents are removed.
   *
   * @param owner who may read it besides agents: a customer's address key with its channel ({@code web:…}), or an agent
   * @param fileName 1 to 255 characters, untrusted
   * @param mediaType what the sender said it is, untrusted
   * @param maxBytes how much is taken at the most
   * @throws AttachmentTooLarge where the stream has more; nothing is kept
   * @throws IOException where the stream fails; nothing is kept
   */
  AttachmentRef keep(
      String owner,
      String fileName,
      String mediaType,
      InputStream content,
      long maxBytes,
      Instant now)
      throws IOException, AttachmentTooLarge;

  /** What is known of an attachment. */
  Optional<Kept> find(String id);

  /** The content from the beginning; the caller closes it. Empty where there is no such attachment. */
  Optional<InputStream> open(String id);

  /**
   * Removes contents that were kept before that moment and that no message in any transcript has; answers how many.
   *
   * @param before young ones may still wait for the message they are for
   * @param limit how many at the most
   */
  int removeUnreferenced(Instant before, int limit);

  /**
   * An attachment that is kept.
   *
   * @param ref its id, name, type and size
   * @param owner who may read it besides agents
   * @param keptAt since when
   */
  record Kept(AttachmentRef ref, String owner, Instant keptAt) {}

  /** A content that is longer than allowed. */
  final class AttachmentTooLarge extends Exception {
    private static final long serialVersionUID = 1;

    /** With the limit that was broken, in bytes. */
    public AttachmentTooLarge(long maxBytes) {
      super("an attachment has at most " + maxBytes + " bytes");
    }
  }
}
