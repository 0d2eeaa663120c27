package dev.relay.app.observe;

import dev.relay.app.config.LogLevel;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends the log of this process to a stream, line by line. */
public final class LogOutput {
  /** On newer Java it says that a newer Lucene would be faster, which no operator can change. */
  private static final String LUCENE_ADVICE = "org.apache.lucene.internal.vectorization";

  private LogOutput() {}

  /** From now on everything that is logged goes there; of libraries only warnings. */
  public static void open(PrintStream stream, LogLevel level) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    Arrays.stream(root.getHandlers()).forEach(root::removeHandler);
    Handler handler = new FlushingHandler(stream);
    Level limit = levelOf(level);
    handler.setLevel(limit);
    handler.setFilter(LogOutput::isWanted);
    root.addHandler(handler);
    root.setLevel(limit);
  }

  /** Libraries may log what people wrote where they explain each step, so they are heard only when they warn. */
  private static boolean isWanted(LogRecord record) {
    String name = String.valueOf(record.getLoggerName());
    return name.startsWith("dev.relay")
        || (record.getLevel().intValue() >= Level.WARNING.intValue()
            && !name.startsWith("io.javalin")
            && !name.startsWith(LUCENE_ADVICE));
  }

  private static Level levelOf(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  private static final class FlushingHandler extends StreamHandler {
    FlushingHandler(PrintStream stream) {
      super(stream, new LineFormatter());
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }

    /** Leaves the stream open: it is the process's own. */
    @Override
    public synchronized void close() {
      flush();
    }
  }
}
