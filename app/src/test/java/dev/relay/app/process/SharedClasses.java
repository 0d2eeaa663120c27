package dev.relay.app.process;

import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive of class data that all started jars share: a JVM with it needs about a quarter less processor time until it serves. One run of the
 * jar writes the archive before the first test. It serves a customer, and it has a bot and an account whose servers do not answer, so that
 * the archive also holds the classes of requests, Discord and Twilio. A JVM ignores an archive that does not fit its jar or version.
 */
final class SharedClasses {
  private static final Path FOLDER = Path.of("target", "shared-classes").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String NOWHERE = "http://127.0.0.1:9";

  /** A bot and an account that exist nowhere. */
  private static final Map<String, String> SETTINGS = Map.ofEntries(
      Map.entry("RELAY_HTTP_PORT", "0"),
      Map.entry("RELAY_PUBLIC_URL", NOWHERE),
      Map.entry("RELAY_DISCORD_TOKEN", "token"),
      Map.entry("RELAY_DISCORD_API_URL", NOWHERE),
      Map.entry("RELAY_DISCORD_GATEWAY_URL", "ws://127.0.0.1:9"),
      Map.entry("RELAY_TWILIO_ACCOUNT_SID", "AC" + "a".repeat(32)),
      Map.entry("RELAY_TWILIO_AUTH_TOKEN", "token"),
      Map.entry("RELAY_TWILIO_CHAT_SERVICE_SID", "IS" + "a".repeat(32)),
      Map.entry("RELAY_TWILIO_WORKSPACE_SID", "WS" + "a".repeat(32)),
      Map.entry("RELAY_TWILIO_WORKFLOW_SID", "WW" + "a".repeat(32)),
      Map.entry("RELAY_TWILIO_API_URL", NOWHERE));

  private static final Pattern READY = Pattern.compile("Relay is ready at http://\\S+:(\\d+)");

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
        "dataDir=" + Files.createTempDirectory(folder, "data")));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    builder.environment().putAll(SETTINGS);
    Process process = builder.start();
    try {
      Eventually.holds(
          PATIENCE,
          () -> "the jar is ready, or has ended",
          () -> !process.isAlive() || READY.matcher(content(output)).find());
      serve(content(output));
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

  /** Lets the jar serve a customer, so that it loads the classes of requests. */
  private static void serve(String printed) {
    Matcher ready = READY.matcher(printed);
    if (!ready.find()) {
      return;
    }
    URI url = URI.create("http://127.0.0.1:" + ready.group(1));
    Client customer = Client.customer(() -> url, "first");
    try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
      customer.say("I forgot my password, how do I log in?", "question");
      chat.awaitMessage(event -> event.author().equals("virtual_agent"));
      customer.press("talk_to_person", "person");
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
