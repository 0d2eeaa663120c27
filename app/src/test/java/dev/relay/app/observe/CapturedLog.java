package dev.relay.app.observe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines that one class logs from warnings and news on, as they would be printed, while this is open. */
final class CapturedLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final LineFormatter formatter = new LineFormatter();

  CapturedLog(Class<?> type) {
    logger = Logger.getLogger(type.getName());
    setLevel(Level.INFO);
    logger.addHandler(this);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      lines.add(formatter.format(record).strip());
    }
  }

  @Override
  public void flush() {
    // Nothing waits.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
