package dev.relay.app.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command that starts the runnable jar in a JVM that is tuned to start fast: it runs for seconds only, beside others. */
public final class JarCommand {
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  private JarCommand() {}

  /** Returns the runnable jar if the build has made it. */
  public static Optional<Path> jar() {
    Path jar = Path.of(System.getProperty("relay.jar", "target/relay.jar")).toAbsolutePath();
    return Optional.of(jar).filter(Files::exists);
  }

  /** Returns the command, to which the arguments of the jar can be appended. */
  public static List<String> start(Path jar) {
    List<String> command = new ArrayList<>(java());
    // Without the JVM's own log: what it says of an archive must not look like output of the jar.
    SharedClasses.of(jar)
        .ifPresent(archive ->
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable")));
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /** Returns the beginning of a command that runs Java with the options for a fast start. */
  public static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(language());
    return command;
  }

  /** Returns the options that give a process the language of this one, which CI sets to an unusual one. */
  private static List<String> language() {
    return Stream.of("user.language", "user.country", "user.extensions")
        .filter(name -> !System.getProperty(name, "").isEmpty())
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }
}
