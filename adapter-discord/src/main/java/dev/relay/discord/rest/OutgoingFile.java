package dev.relay.discord.rest;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file to send to Discord, streamed.
 *
 * @param name the name, untrusted
 * @param sizeBytes the length in bytes
 * @param content opens the content from the beginning
 */
public record OutgoingFile(String name, long sizeBytes, Content content) {

  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Opens the content from the beginning; the caller closes the stream. */
    InputStream open() throws IOException;
  }
}
