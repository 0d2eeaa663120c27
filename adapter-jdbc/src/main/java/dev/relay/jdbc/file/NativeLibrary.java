package dev.relay.jdbc.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder to which the SQLite driver copies its native library. The driver deletes the copy when the process ends, but not when it is
 * killed: then more than a megabyte stays for ever. Therefore each process gives the driver a folder that names the process, and removes
 * those of processes that have ended.
 */
public final class NativeLibrary {
  /** The driver's own setting; one that the operator has made is kept. */
  private static final String SETTING = "org.sqlite.tmpdir";

  private static final String PREFIX = "relay-sqlite-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");

  private NativeLibrary() {}

  /** Prepares the folder. Must be called before the driver opens its first connection; later calls do nothing. */
  public static synchronized void prepare() {
    if (System.getProperty(SETTING) != null) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      removeLeftOvers(temporary);
      Path own =
          Files.createTempDirectory(temporary, PREFIX + ProcessHandle.current().pid() + "-");
      // Registered before the driver registers its files, and therefore deleted after them.
      own.toFile().deleteOnExit();
      System.setProperty(SETTING, own.toString());
    } catch (IOException | DirectoryIteratorException e) {
      // The driver then uses the folder for temporary files itself, and reports if it cannot.
      return;
    }
  }

  /** Removes the folders of processes that have ended. Called before this process has a folder, so one with its own id is older. */
  public static void removeLeftOvers(Path temporary) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path each : folders) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        // A link leads to files that are none of this library's.
        if (name.matches()
            && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)
            && isOver(Long.parseLong(name.group(1)))) {
          removeQuietly(each);
        }
      }
    }
  }

  private static boolean isOver(long pid) {
    return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
  }

  /** Removes a folder with its files; one of another user, or a file that is in use, stays. */
  private static void removeQuietly(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
      Files.deleteIfExists(folder);
    } catch (IOException | DirectoryIteratorException e) {
      return;
    }
  }
}
