package dev.relay.discord.rest;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file on its way to Discord, streamed.
 *
 * @param name its name, untrusted
 * @param sizeBytes its length
 * @param content opens its content from the beginning
 */
public record OutgoingFile(String name, long sizeBytes, Content content) {

  /** Opens a content. */
  @FunctionalInterface
  public interface Content {
    /** From the beginning; the caller closes it. */
    InputStream open() throws IOException;
  }
}
