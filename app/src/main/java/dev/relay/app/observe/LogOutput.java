package dev.relay.app.observe;

import dev.relay.app.config.LogLevel;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Configures the log of this process: slf4j-simple, which writes through a {@link LogGuard}. Libraries log only warnings
 * and errors, because their finer levels quote requests verbatim.
 */
public final class LogOutput {
  private static final String SIMPLE = "org.slf4j.simpleLogger.";
  private static final String OWN_LEVEL = SIMPLE + "log.dev.relay";
  private static final String LIBRARIES_LEVEL = SIMPLE + "defaultLogLevel";

  private LogOutput() {}

  /**
   * Sends the log of this process to a stream, from warnings on. Must be called before the first logger is made, because slf4j-simple
   * reads its settings only once.
   *
   * @param stream receives one line per event
   */
  public static void open(PrintStream stream) {
    System.setProperty("java.util.logging.config.class", JavaLogging.class.getName());
    System.setProperty(SIMPLE + "logFile", "System.err");
    System.setProperty(SIMPLE + "cacheOutputStream", "true");
    System.setProperty(SIMPLE + "showDateTime", "false");
    System.setProperty(SIMPLE + "showThreadName", "false");
    System.setProperty(SIMPLE + "showThreadId", "false");
    System.setProperty(SIMPLE + "showLogName", "true");
    System.setProperty(SIMPLE + "showShortLogName", "false");
    System.setProperty(SIMPLE + "levelInBrackets", "false");
    // Its only warnings are about its own use, which no operator can change.
    System.setProperty(SIMPLE + "log.io.javalin", "off");
    // It warns of each lost connection; Relay logs an outage of the database itself, once a minute.
    System.setProperty(SIMPLE + "log.com.zaxxer.hikari", "error");
    System.setProperty(LIBRARIES_LEVEL, "warn");
    System.setProperty(OWN_LEVEL, "warn");
    // slf4j-simple accepts no stream: it keeps the one that System.err is while its first logger is
    // made.
    System.setErr(new LogGuard(stream, InstantSource.system()));
    LoggerFactory.getILoggerFactory();
    System.setErr(stream);
    Thread.setDefaultUncaughtExceptionHandler(
        new UncaughtExceptions(LoggerFactory.getLogger(UncaughtExceptions.class)));
  }

  /**
   * Sets the level of Relay's own loggers that are made from now on. Libraries keep their level, except that
   * {@link LogLevel#ERROR} also applies to libraries' loggers that are made from now on.
   */
  public static void level(LogLevel level) {
    String name = level.name().toLowerCase(Locale.ROOT);
    System.setProperty(OWN_LEVEL, name);
    System.setProperty(LIBRARIES_LEVEL, level == LogLevel.ERROR ? "error" : "warn");
  }
}
