package dev.relay.app.observe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures java.util.logging, which some libraries use: their warnings go to SLF4J, and everything below is dropped. The JDK makes
 * one of these when a library logs that way for the first time; {@link LogOutput} names the class to it.
 */
public final class JavaLogging {
  /** On newer Java versions Lucene warns that a newer Lucene would be faster, which no operator can change. */
  private static final String CONFIGURATION = "handlers=" + Warnings.class.getName() + "\n"
      + ".level=WARNING\n"
      + "org.apache.lucene.internal.vectorization.level=OFF\n";

  /** Reads the configuration into the JDK's log manager. */
  public JavaLogging() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Passes records to SLF4J as warnings or errors. Thread-safe. */
  public static final class Warnings extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    /** Creates the handler; called by the JDK's log manager. */
    public Warnings() {
      setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      Logger log = LoggerFactory.getLogger(String.valueOf(record.getLoggerName()));
      if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
        log.error(formatter.formatMessage(record), record.getThrown());
      } else {
        log.warn(formatter.formatMessage(record), record.getThrown());
      }
    }

    @Override
    public void flush() {
      // SLF4J has written each record already.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
