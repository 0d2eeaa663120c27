package dev.relay.discord.fake;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture of the log: SLF4J's simple binding writes to {@link System#err}, which is copied while the capture is open. For one test at a
 * time. Thread-safe.
 */
public final class CapturedLog implements AutoCloseable {
  private static final String GATEWAY_CLIENT = "WebSocketClient";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  private CapturedLog() {
    System.setErr(new PrintStream(new Tee(), true, StandardCharsets.UTF_8));
  }

  /** Captures the log from now on. */
  public static CapturedLog open() {
    return new CapturedLog();
  }

  /** Returns the lines so far with a warning or an error. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (String line : text().split("\n", -1)) {
      if (line.contains(" WARN ") || line.contains(" ERROR ")) {
        warnings.add(line);
      }
    }
    return warnings;
  }

  /** Fails if JDA's WebSocketClient logged a warning or an error that contains none of these texts. */
  public void assertGatewayClientQuiet(String... expected) {
    List<String> odd = warnings().stream()
        .filter(line -> line.contains(GATEWAY_CLIENT))
        .filter(line -> List.of(expected).stream().noneMatch(line::contains))
        .toList();
    if (!odd.isEmpty()) {
      throw new AssertionError("JDA's WebSocketClient warned: " + odd);
    }
  }

  /** Stops capturing. */
  @Override
  public void close() {
    System.setErr(before);
  }

  /** Returns the whole log so far. */
  public synchronized String text() {
    return copy.toString(StandardCharsets.UTF_8);
  }

  private synchronized void keep(byte[] bytes, int offset, int length) {
    copy.write(bytes, offset, length);
  }

  private final class Tee extends OutputStream {
    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      before.write(bytes, offset, length);
      keep(bytes, offset, length);
    }

    @Override
    public void flush() {
      before.flush();
    }
  }
}
