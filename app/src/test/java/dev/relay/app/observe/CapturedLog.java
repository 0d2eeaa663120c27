package dev.relay.app.observe;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger of one test, which keeps its lines from level INFO on as they would be printed. Shares no state with other tests, whatever
 * they do to the log of the process.
 */
final class CapturedLog extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final transient LogGuard guard =
      new LogGuard(new PrintStream(bytes, true, StandardCharsets.UTF_8), InstantSource.system());

  /** A logger with the name of a class. */
  CapturedLog(Class<?> type) {
    name = type.getName();
  }

  List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Prints an event as slf4j-simple does. */
  static void print(
      PrintStream stream, String level, String logger, String message, @Nullable Throwable thrown) {
    stream.println(level + " " + logger + " - " + message);
    if (thrown != null) {
      thrown.printStackTrace(stream);
    }
    stream.flush();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    print(guard, level.name(), name, MessageFormatter.basicArrayFormat(message, arguments), thrown);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
