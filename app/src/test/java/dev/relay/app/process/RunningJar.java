package dev.relay.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runnable jar as a server process, on a free port and with its own data. Closing it kills the process if it has not ended; starting
 * another one on the same folder is a restart.
 */
public final class RunningJar implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Relay is ready at (http://\\S+)");
  private static final long START_SECONDS = 240;
  private static final long COMMAND_SECONDS = 60;

  private final Process process;
  private final Path folder;
  private final Output out;
  private final Output err;
  private final URI url;

  private RunningJar(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    this.out = new Output(process.getInputStream());
    this.err = new Output(process.getErrorStream());
    this.url = URI.create(awaitReady());
  }

  /** Starts the jar with its data in that folder, and waits until it is ready. */
  public static RunningJar start(Path folder, String... arguments) {
    return start(folder, List.of(), Map.of(), arguments);
  }

  /** Starts the jar under another program, such as strace, with environment variables. */
  public static RunningJar start(
      Path folder, List<String> below, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(below);
    command.addAll(java(folder));
    command.addAll(List.of("--set", "http.port=0"));
    command.addAll(List.of(arguments));
    return new RunningJar(launch(folder, command, environment), folder);
  }

  /** Runs a command of the jar and waits for its end. */
  public static Ended command(Path folder, String input, String... arguments) {
    List<String> command = new ArrayList<>(java(folder));
    command.addAll(List.of(arguments));
    Process process = launch(folder, command, Map.of());
    Output out = new Output(process.getInputStream());
    Output err = new Output(process.getErrorStream());
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    }
    int code = exitCode(process, COMMAND_SECONDS);
    return new Ended(code, out.all(), err.all());
  }

  /** Runs a command on the same data while this process runs. */
  public Ended beside(String input, String... arguments) {
    return command(folder, input, arguments);
  }

  /** Adds an agent while this process runs. */
  public void addAgent(String username, String displayName, String password) {
    AgentAccounts.add(folder.resolve("relay-data"), username, displayName, password);
  }

  /** Returns the address of the server. */
  public URI url() {
    return url;
  }

  /** Returns the output so far, of both streams. */
  public String printed() {
    return out.soFar() + err.soFar();
  }

  /** Returns the log so far. */
  public String logged() {
    return err.soFar();
  }

  /** Returns the process, which may be strace instead of the jar. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills the process without warning: kill -9. */
  public void killHard() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    exitCode(process, 10);
  }

  /** Requests a stop, as systemd does: SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for the end of the process and returns its exit code. */
  public int awaitExit(long seconds) {
    return exitCode(process, seconds);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      killHard();
    }
  }

  /** The result of a command. */
  public record Ended(int exitCode, String out, String err) {}

  private String awaitReady() {
    return out.await(READY, process, START_SECONDS).orElseThrow(() -> {
      process.destroyForcibly();
      return new AssertionError("the jar did not start:\n" + out.soFar() + err.soFar());
    });
  }

  private static List<String> java(Path folder) {
    Path jar = JarCommand.jar()
        .orElseThrow(() -> new AssertionError("relay.jar does not exist: run mvn package first"));
    List<String> command = new ArrayList<>(JarCommand.start(jar));
    command.add(1, "-Djava.io.tmpdir=" + folder);
    return command;
  }

  private static Process launch(
      Path folder, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    builder.environment().put("RELAY_BOT_PAUSE", "0s");
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int exitCode(Process process, long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the process did not end within " + seconds + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Reads a stream of the process to its end, in its own thread. */
  private static final class Output {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Output(InputStream stream) {
      Thread reader = new Thread(() -> read(stream), "output of the jar");
      reader.setDaemon(true);
      reader.start();
    }

    synchronized String soFar() {
      return text.toString();
    }

    String all() {
      try {
        end.get(10, TimeUnit.SECONDS);
      } catch (InterruptedException
          | TimeoutException
          | java.util.concurrent.ExecutionException e) {
        throw new AssertionError("the output did not end", e);
      }
      return soFar();
    }

    synchronized Optional<String> await(Pattern pattern, Process process, long seconds) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      try {
        while (true) {
          Matcher matcher = pattern.matcher(text);
          if (matcher.find()) {
            return Optional.of(matcher.group(1));
          }
          if (end.isDone() || !process.isAlive() || System.nanoTime() > deadline) {
            return Optional.empty();
          }
          wait(100);
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }

    private void read(InputStream stream) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(the stream broke)");
      }
      end.complete(null);
    }

    private synchronized void add(String line) {
      text.append(line).append('\n');
      notifyAll();
    }
  }
}
