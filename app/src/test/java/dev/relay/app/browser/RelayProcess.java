package dev.relay.app.browser;

import dev.relay.app.Main;
import dev.relay.app.process.AgentAccounts;
import dev.relay.app.process.JarCommand;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole program as operators start it, as its own process on a free port with an empty data folder. */
final class RelayProcess implements RelayServer {
  private static final Pattern READY = Pattern.compile("Relay is ready at (http://\\S+)");
  private static final Pattern LINK = Pattern.compile("(http://\\S+/desk/setup\\?\\S+#\\S+)");
  private static final long STOP_SECONDS = 60;

  private final Map<String, String> settings;
  private final Path data;
  private final Path output;
  private Process process;
  private String address;

  private RelayProcess(Path folder, Map<String, String> settings) {
    this.settings = settings;
    this.data = folder.resolve("data");
    this.output = folder.resolve("output.txt");
    this.process = launch("0");
    try {
      address = awaitPrinted(READY);
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** Starts Relay with these settings, by their environment names, and with its data in that folder. */
  static RelayProcess start(Path folder, Map<String, String> settings) {
    return new RelayProcess(folder, settings);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String setUpLink() {
    return awaitPrinted(LINK);
  }

  @Override
  public void addAgent(String username, String displayName, String password) {
    AgentAccounts.add(data, username, displayName, password);
  }

  @Override
  public void addAgent(String username, String displayName, String password, Role role) {
    AgentAccounts.add(data, username, displayName, password, role);
  }

  /** Kills the process without warning, as a crash does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Restarts Relay on the same data and at the same address. */
  void startAgain() {
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = launch(address.substring(address.lastIndexOf(':') + 1));
    awaitPrinted(READY);
  }

  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private Process launch(String port) {
    ProcessBuilder builder = new ProcessBuilder(program());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RELAY_"));
    environment.put("RELAY_HTTP_PORT", port);
    environment.put("RELAY_DATA_DIR", data.toString());
    environment.put("RELAY_BOT_PAUSE", "0s");
    environment.putAll(settings);
    try {
      Files.createDirectories(data);
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command that starts the runnable jar; without one, as in an IDE, the command that starts the classes. */
  private static List<String> program() {
    return JarCommand.jar().map(JarCommand::start).orElseGet(() -> {
      List<String> command = new ArrayList<>(JarCommand.java());
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      return command;
    });
  }

  private String awaitPrinted(Pattern wanted) {
    Eventually.holds(
        BrowserWindow.PATIENCE,
        () -> "Relay prints " + wanted + "; it printed " + printed(),
        () -> wanted.matcher(printed()).find() || !process.isAlive());
    Matcher found = wanted.matcher(printed());
    if (!found.find()) {
      throw new AssertionError("Relay has ended: " + printed());
    }
    return found.group(1);
  }

  private String printed() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
