package dev.relay.app.observe;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stream that slf4j-simple writes to. slf4j-simple prints {@code LEVEL logger - message}, then the stack trace of an exception, and
 * flushes; the guard writes each such event as one line. It escapes control characters and characters that change the reading direction,
 * so that nobody can forge a line, and bounds the length. Of exceptions only those of files, the network and the database keep their
 * messages; others may quote messages of customers or agents. All other output is dropped. Thread-safe.
 */
final class LogGuard extends PrintStream {
  /**
   * Libraries whose warnings quote what they receive: whole events of Discord with the messages in them, frames, and addresses of requests.
   * Only the name of the class is logged; Relay logs the failures that it notices itself.
   */
  private static final List<String> QUOTING = List.of(
      "net.dv8tion.jda.",
      "okhttp3.",
      "com.neovisionaries.",
      "org.eclipse.jetty.server.",
      "org.eclipse.jetty.http.");

  private static final String END_OF_NAME = " - ";
  private static final int MAX_LINE = 4_000;
  private static final int MAX_FRAMES = 8;
  private static final int MAX_CAUSES = 4;

  private final PrintStream target;
  private final InstantSource clock;
  private final StringBuilder event = new StringBuilder(200);

  /**
   * Writes to a stream.
   *
   * @param target receives the lines; is flushed after each, and never closed
   */
  LogGuard(PrintStream target, InstantSource clock) {
    super(OutputStream.nullOutputStream());
    this.target = target;
    this.clock = clock;
  }

  /** Begins an event. */
  @Override
  public synchronized void println(@Nullable String line) {
    end();
    event.append(clock.instant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    String text = String.valueOf(line);
    int level = text.indexOf(' ');
    int name = level < 0 ? -1 : text.indexOf(END_OF_NAME, level);
    if (name < 0) {
      event.append(text);
      return;
    }
    String logger = text.substring(level + 1, name);
    event
        .append(String.format(Locale.ROOT, "%-5s", text.substring(0, level)))
        .append(' ')
        .append(logger.substring(logger.lastIndexOf('.') + 1))
        .append(' ')
        .append(
            QUOTING.stream().anyMatch(logger::startsWith)
                ? "a library warned; its text is left out because it may quote messages"
                : text.substring(name + END_OF_NAME.length()));
  }

  /** Adds an exception to the event. A stack trace arrives as the exception itself, then as the text of its frames. */
  @Override
  public synchronized void println(@Nullable Object part) {
    if (!(part instanceof Throwable first)) {
      return;
    }
    Throwable thrown = first;
    for (int depth = 0; thrown != null && depth < MAX_CAUSES; depth++) {
      event.append(depth == 0 ? " | " : " | caused by ").append(describe(thrown));
      thrown = thrown.getCause();
    }
  }

  /** Ends the event. */
  @Override
  public synchronized void flush() {
    end();
  }

  /** Leaves the target open: it belongs to the process. */
  @Override
  public synchronized void close() {
    end();
  }

  private void end() {
    if (event.length() > 0) {
      target.println(escaped(event));
      target.flush();
      event.setLength(0);
    }
  }

  private static String describe(Throwable thrown) {
    String frames = Arrays.stream(thrown.getStackTrace())
        .limit(MAX_FRAMES)
        .map(frame ->
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
        .collect(Collectors.joining(" < "));
    String message = quotesNobody(thrown) ? ": " + thrown.getMessage() : "";
    return thrown.getClass().getName() + message + " at " + frames;
  }

  private static boolean quotesNobody(Throwable thrown) {
    return thrown instanceof StoreException
        || thrown instanceof StoreException.BadData
        || thrown instanceof SQLException
        || (thrown instanceof IOException && thrown.getClass().getName().startsWith("java."));
  }

  private static String escaped(CharSequence line) {
    StringBuilder safe = new StringBuilder(line.length());
    for (int i = 0; i < line.length() && i < MAX_LINE; i++) {
      char c = line.charAt(i);
      int type = Character.getType(c);
      boolean unsafe = type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR;
      if (unsafe) {
        safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return line.length() > MAX_LINE ? safe.append('…').toString() : safe.toString();
  }
}
