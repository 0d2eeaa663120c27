package dev.relay.app.observe;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line per event, whatever it holds: control characters and characters that change the reading direction are
 * escaped, so that nobody can forge a line. Of exceptions only those of files, the network and the database keep their
 * messages; others may carry what people wrote. Thread-safe.
 */
final class LineFormatter extends Formatter {
  private static final String QUOTES_EVENTS = "net.dv8tion.jda.internal.requests.WebSocketClient";
  private static final int MAX_LINE = 4_000;
  private static final int MAX_FRAMES = 8;
  private static final int MAX_CAUSES = 4;

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
        .append(' ')
        .append(nameOf(record.getLevel()))
        .append(' ')
        .append(shortName(record.getLoggerName()))
        .append(' ')
        .append(words(record));
    Throwable thrown = record.getThrown();
    for (int depth = 0; thrown != null && depth < MAX_CAUSES; depth++) {
      line.append(depth == 0 ? " | " : " | caused by ").append(describe(thrown));
      thrown = thrown.getCause();
    }
    return escaped(line) + System.lineSeparator();
  }

  /** JDA's gateway client quotes whole events, with what people wrote, where one cannot be read. */
  private String words(LogRecord record) {
    return String.valueOf(record.getLoggerName()).startsWith(QUOTES_EVENTS)
        ? "JDA warns of the gateway; its words are left out, for they may quote messages"
        : formatMessage(record);
  }

  private static String describe(Throwable thrown) {
    String frames = Arrays.stream(thrown.getStackTrace())
        .limit(MAX_FRAMES)
        .map(frame ->
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
        .collect(Collectors.joining(" < "));
    String message = tellsNoWords(thrown) ? ": " + thrown.getMessage() : "";
    return thrown.getClass().getName() + message + " at " + frames;
  }

  private static boolean tellsNoWords(Throwable thrown) {
    return thrown instanceof StoreException
        || thrown instanceof SQLException
        || (thrown instanceof IOException && thrown.getClass().getName().startsWith("java."));
  }

  private static String nameOf(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String shortName(@Nullable String logger) {
    if (logger == null) {
      return "-";
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
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
        safe.append(String.format("\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return line.length() > MAX_LINE ? safe.append('…').toString() : safe.toString();
  }
}
