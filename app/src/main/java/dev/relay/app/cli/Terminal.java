package dev.relay.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The streams and the environment of the process, or those of a test.
 *
 * @param in standard input
 * @param out receives results
 * @param err receives errors and logs
 * @param environment all environment variables
 * @param prompt asks for secrets; empty if nobody can be asked
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Optional<Prompt> prompt) {
  /** Asks the operator for a secret without showing it. */
  @FunctionalInterface
  public interface Prompt {
    /** Returns the answer; empty if there is none. */
    Optional<String> ask(String question);
  }

  private static final int MAX_LINE = 4_096;

  /** Copies the environment, so that it cannot change. */
  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Returns the terminal of this process. */
  public static Terminal ofProcess() {
    Optional<Prompt> prompt = Optional.ofNullable(System.console()).map(console -> question -> {
      console.writer().print(question);
      console.writer().flush();
      return Optional.ofNullable(console.readPassword()).map(String::new);
    });
    return new Terminal(
        System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.getenv(), prompt);
  }

  /**
   * Returns a stream of the process that writes UTF-8. Without a language, as in many containers and services, Java's own streams
   * would replace all letters but English ones by question marks, in an export too.
   */
  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** Returns a secret: the answer of whoever can be asked, else the first line of standard input; empty if there is none. */
  Optional<String> secret(String question) throws IOException {
    if (prompt.isPresent()) {
      return prompt.get().ask(question);
    }
    byte[] bytes = in.readNBytes(MAX_LINE);
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst();
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Leaves out the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Terminal[]";
  }
}
