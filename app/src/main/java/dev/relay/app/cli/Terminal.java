package dev.relay.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the commands speak to: the streams and the environment of the process, or those of a test.
 *
 * @param in standard input
 * @param out where results go
 * @param err where errors and logs go
 * @param environment all environment variables
 * @param prompt asks a person for a secret without showing it; empty where no person is there to ask
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Optional<Function<String, Optional<String>>> prompt) {
  private static final int MAX_LINE = 4_096;

  /** Copies the environment, so that it cannot change. */
  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Terminal ofProcess() {
    Optional<Function<String, Optional<String>>> prompt = Optional.ofNullable(System.console())
        .map(console -> question ->
            Optional.ofNullable(console.readPassword("%s", question)).map(String::new));
    return new Terminal(System.in, System.out, System.err, System.getenv(), prompt);
  }

  /** A secret: asked of the person who is there, else the first line of standard input; empty where there is none. */
  Optional<String> secret(String question) throws IOException {
    if (prompt.isPresent()) {
      return prompt.get().apply(question);
    }
    byte[] bytes = in.readNBytes(MAX_LINE);
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst();
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Terminal[]";
  }
}
