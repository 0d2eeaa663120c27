package dev.relay.app.config;

import dev.relay.core.workspace.Workspace.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures in files of the operator. */
public final class PictureFile {
  private PictureFile() {}

  /**
   * Reads a picture, and never more of a file than a picture may have.
   *
   * @throws IllegalArgumentException if it is no such picture; the message continues a sentence about the file
   * @throws IOException if the file cannot be read
   */
  public static Picture read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > Picture.MAX_BYTES) {
      throw new IllegalArgumentException(
          "has " + size + " bytes; expected at most " + Picture.MAX_BYTES);
    }
    // A device has no size and may have no end.
    try (InputStream content = Files.newInputStream(file)) {
      return Picture.of(content.readNBytes(Picture.MAX_BYTES + 1));
    }
  }
}
