package dev.relay.discord.fake;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture of the log: SLF4J's simple binding writes to {@link System#err}, which is copied. A capture keeps what is written by the thread
 * that opened it and by the threads that were started from there meanwhile, so that tests that run at once do not read each other's
 * lines. Thread-safe.
 */
public final class CapturedLog implements AutoCloseable {
  private static final String GATEWAY_CLIENT = "WebSocketClient";

  /** The capture of each thread; threads have that of the thread that started them. */
  private static final InheritableThreadLocal<CapturedLog> OF_THREAD =
      new InheritableThreadLocal<>();

  static {
    System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
  }

  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  private CapturedLog() {}

  /** Captures from now on what this thread and those that it starts log. */
  public static CapturedLog open() {
    CapturedLog log = new CapturedLog();
    OF_THREAD.set(log);
    return log;
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

  /** Stops capturing what this thread logs. */
  @Override
  public void close() {
    OF_THREAD.remove();
  }

  /** Returns the whole log so far. */
  public synchronized String text() {
    return copy.toString(StandardCharsets.UTF_8);
  }

  private synchronized void keep(byte[] bytes, int offset, int length) {
    copy.write(bytes, offset, length);
  }

  /** Writes to the stream as before, and to the capture of the writing thread. */
  private static final class Tee extends OutputStream {
    private final PrintStream before;

    Tee(PrintStream before) {
      this.before = before;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      before.write(bytes, offset, length);
      CapturedLog log = OF_THREAD.get();
      if (log != null) {
        log.keep(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      before.flush();
    }
  }
}
