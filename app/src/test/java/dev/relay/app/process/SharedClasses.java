package dev.relay.app.process;

import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The archive of class data that all started jars share: a JVM with it needs about a quarter less processor time until it serves. One run of the
 * jar writes the archive before the first test. A JVM ignores an archive that does not fit its jar or version.
 */
final class SharedClasses {
  private static final Path FOLDER = Path.of("target", "shared-classes").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private SharedClasses() {}

  /** Returns the archive of a jar, which the first caller has to wait for; empty if it cannot be made. */
  static synchronized Optional<Path> of(Path jar) {
    // Each version of Java has its own: another one would print that the archive does not fit.
    Path archive = FOLDER.resolve("relay-" + Runtime.version() + ".jsa");
    try {
      if (!isNewer(archive, jar)) {
        Files.deleteIfExists(archive);
        write(jar, archive);
      }
      return Optional.of(archive).filter(Files::exists);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewer(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private static void write(Path jar, Path archive) throws IOException {
    Path folder = Files.createDirectories(FOLDER);
    Path fresh = folder.resolve("relay-" + ProcessHandle.current().pid() + ".jsa");
    Path output = folder.resolve("output.txt");
    Files.deleteIfExists(output);
    List<String> command = new ArrayList<>(JarCommand.java());
    command.addAll(List.of(
        "-XX:ArchiveClassesAtExit=" + fresh,
        "-jar",
        jar.toString(),
        "--set",
        "http.port=0",
        "--set",
        "dataDir=" + Files.createTempDirectory(folder, "data")));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    Process process = builder.start();
    try {
      Eventually.holds(
          PATIENCE,
          () -> "the jar is ready, or has ended",
          () -> !process.isAlive() || content(output).contains("Relay is ready at"));
      process.toHandle().destroy();
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && Files.exists(fresh)) {
        Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
