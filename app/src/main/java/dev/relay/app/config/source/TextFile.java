package dev.relay.app.config.source;

import dev.relay.app.config.setting.Faults;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads small text files. */
final class TextFile {

  private TextFile() {}

  /**
   * Reads a file as UTF-8.
   *
   * @param file the file
   * @param what the purpose of the file, for errors
   * @param maxBytes the largest size
   * @param faults receives why the file cannot be read
   * @return the text; empty if the file cannot be read
   */
  static Optional<String> read(Path file, String what, long maxBytes, Faults faults) {
    try {
      if (Files.isDirectory(file)) {
        faults.add(what, "", "is a folder; expected a file", file.toString());
        return Optional.empty();
      }
      if (Files.size(file) > maxBytes) {
        faults.add(what, "", "is larger than " + maxBytes + " bytes", file.toString());
        return Optional.empty();
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      faults.add(what, "", "does not exist", file.toString());
    } catch (AccessDeniedException e) {
      String user = System.getProperty("user.name");
      faults.add(
          what, "", "cannot be read by " + user + ": check owner and permissions", file.toString());
    } catch (CharacterCodingException e) {
      faults.add(what, "", "is not UTF-8 text", file.toString());
    } catch (IOException e) {
      faults.add(
          what, "", "cannot be read (" + e.getClass().getSimpleName() + ")", file.toString());
    }
    return Optional.empty();
  }
}
