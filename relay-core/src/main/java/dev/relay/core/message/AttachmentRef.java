package dev.relay.core.message;

import dev.relay.core.text.Cut;

/**
 * A file that belongs to a message; {@code Attachments} keeps its content.
 *
 * @param id the id of the content
 * @param fileName the name that the sender gave, 1 to 255 characters, untrusted: never a path
 * @param mediaType the type that the sender gave, untrusted: never rendered in line without a check
 * @param sizeBytes length of the content in bytes
 */
public record AttachmentRef(String id, String fileName, String mediaType, long sizeBytes) {

  /** Makes the name and the type well-formed texts. */
  public AttachmentRef {
    fileName = Cut.wellFormed(fileName);
    mediaType = Cut.wellFormed(mediaType);
  }
}
