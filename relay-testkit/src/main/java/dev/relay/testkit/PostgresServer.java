package dev.relay.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests, made of the programs that are installed on the machine. It listens on the loopback address alone, has one
 * user, {@value #USER}, who needs no password, and ends with this process. PostgreSQL refuses to run as root: then it runs as the user
 * {@code postgres}, whom its package creates. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
  /** The user of every database. */
  public static final String USER = "relay";

  private static final String REQUIRE = "relay.tests.require";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 100_000_000;

  private final Path programs;
  private final Path folder;
  private final boolean isDurable;
  private @Nullable Process process;
  private int port;
  private boolean hasStarted;

  private PostgresServer(Path programs, boolean isDurable) throws IOException {
    this.programs = programs;
    this.isDurable = isDurable;
    this.folder = Files.createTempDirectory("relay-postgres-");
  }

  /** Holds the server that the tests of a process share. */
  private static final class Shared {
    static final PostgresServer SERVER = started(false);

    private Shared() {}
  }

  /**
   * Returns the server that the tests of this process share; starts it at the first call. It does not wait for the disk. Without
   * PostgreSQL on this machine the test is skipped, or fails if the system property {@code relay.tests.require} contains
   * {@code postgres}.
   */
  public static PostgresServer shared() {
    requireInstalled();
    return Shared.SERVER;
  }

  /** Starts a server that waits for the disk as a server of an operator does. The caller closes it. Skips the test as {@link #shared} does. */
  public static PostgresServer durable() {
    requireInstalled();
    return started(true);
  }

  private static PostgresServer started(boolean isDurable) {
    PostgresServer server;
    try {
      server = new PostgresServer(programs().orElseThrow(), isDurable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "relay-postgres-end"));
    server.initialise();
    server.start();
    return server;
  }

  private static void requireInstalled() {
    if (programs().isPresent()) {
      return;
    }
    String missing =
        "these tests need PostgreSQL (initdb and postgres in /usr/lib/postgresql or in the path)";
    if (Arrays.asList(System.getProperty(REQUIRE, "").split(",")).contains("postgres")) {
      Assertions.fail(missing);
    }
    Assumptions.abort(missing);
  }

  /** Returns the folder with the programs of the newest version that is installed. */
  private static Optional<Path> programs() {
    List<Path> folders = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.comparing(PostgresServer::version).reversed())
            .forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream.of(path.split(File.pathSeparator))
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .forEach(folders::add);
    return folders.stream()
        .filter(each -> Files.isExecutable(each.resolve("initdb")))
        .filter(each -> Files.isExecutable(each.resolve("postgres")))
        .findFirst();
  }

  private static int version(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
  }

  /** Returns the JDBC address of a database. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
  }

  private void initialise() {
    if (isRoot()) {
      run(List.of("chown", owner(), folder.toString()));
    }
    run(as(
        "initdb",
        "-D",
        data().toString(),
        "-U",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync"));
  }

  /** Starts the server, again after {@link #kill}. */
  public synchronized void start() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!hasStarted) {
        port = freePort();
      }
      List<String> command = as(
          "postgres",
          "-D",
          data().toString(),
          "-p",
          String.valueOf(port),
          "-c",
          "listen_addresses=127.0.0.1",
          "-c",
          "unix_socket_directories=",
          "-c",
          "shared_buffers=32MB",
          "-c",
          "max_connections=60");
      if (!isDurable) {
        command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
      }
      process = begin(command);
      if (becomesReady(process)) {
        hasStarted = true;
        return;
      }
      process.destroyForcibly();
      // What was killed holds the memory of the server until its last process has ended.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException("PostgreSQL does not start:\n" + log());
  }

  /** Returns false if the process ends first: another program has taken the port, or what was killed has not ended yet. */
  private boolean becomesReady(Process started) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
          return false;
        }
        if (isReady(started)) {
          return true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** Reads the server's own file, whose eighth line is its state. */
  private boolean isReady(Process started) {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      return lines.size() > 7
          && lines.get(0).equals(String.valueOf(started.pid()))
          && lines.get(7).strip().equals("ready");
    } catch (IOException notYetWritten) {
      return false;
    }
  }

  /** Ends the server as a crash does. */
  public synchronized void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running);
    }
  }

  /** Ends the server and removes its data. Closing again has no effect. */
  @Override
  public synchronized void close() {
    Process running = process;
    process = null;
    if (running != null && running.isAlive()) {
      // An immediate shutdown, which ends the server's other processes too.
      run(List.of("kill", "-QUIT", String.valueOf(running.pid())));
      awaitEnd(running);
    }
    try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException stillInUse) {
      // The folder for temporary files keeps what cannot be removed.
      return;
    }
  }

  private static void awaitEnd(Process running) {
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String owner() {
    return "postgres";
  }

  /** Returns the command that runs a program of PostgreSQL, as another user if this one is root. */
  private List<String> as(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + owner(), "--regid=" + owner(), "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(List<String> command) {
    try {
      int code = begin(command).waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ":\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process begin(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
      builder.environment().put("LC_ALL", "C");
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
