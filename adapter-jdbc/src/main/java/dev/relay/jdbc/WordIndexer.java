package dev.relay.jdbc;

import dev.relay.core.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Brings the index of words up to date in the background, so that the writes of conversations do not pay for it. It takes a small part of
 * the writer's time while others write; after a restart it continues where it was. Searches do not depend on it: they read what the
 * index does not have yet.
 */
final class WordIndexer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.relay.jdbc");
  /** One transaction holds up other writes for some milliseconds. */
  static final int BATCH = 200;

  /** Shorter than searches need to stay quick: a busy server writes some thousand entries in this time. */
  private static final long PAUSE_MILLIS = 2_000;
  /**
   * The pause after a full batch, as a multiple of the time that the batch took: nine tenths of the writer's time are left to others who
   * write, and half of it to those who may begin.
   */
  private static final int REST_BESIDE_OTHERS = 9;

  private static final int REST_ALONE = 1;

  private static final long LONGEST_REST_MILLIS = 1_000;
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Writer writer;
  private final Readers readers;
  private final ReadableRows readable;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  WordIndexer(Writer writer, Readers readers, ReadableRows readable) {
    this.writer = writer;
    this.readers = readers;
    this.readable = readable;
    this.thread = new Thread(this::run, "relay-search-index");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Indexes one batch; returns whether there may be more. Writes nothing if there is nothing, because an empty write proves no health. */
  boolean advance() {
    return readers.read(WordTable::isBehind)
        && writer.write(session -> new WordTable(session, readable).advance(BATCH)) == BATCH;
  }

  private void run() {
    long pause = PAUSE_MILLIS;
    long indexed = 0;
    long reported = System.nanoTime();
    long written = writer.written();
    boolean failed = false;
    while (!closesWithin(pause)) {
      long begin = System.nanoTime();
      try {
        boolean more = advance();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        // The batch itself is one.
        boolean isAlone = writer.written() - written <= 1;
        written = writer.written();
        pause = more ? restAfter(took, isAlone) : PAUSE_MILLIS;
        indexed = more ? indexed + BATCH : 0;
        failed = false;
      } catch (StoreException e) {
        pause = PAUSE_MILLIS;
        if (!failed) {
          LOG.log(
              System.Logger.Level.WARNING,
              () -> "the search index cannot be written; trying again: " + e.getMessage());
        }
        failed = true;
      }
      if (indexed > 0 && System.nanoTime() - reported > REPORT_NANOS) {
        long count = indexed;
        LOG.log(System.Logger.Level.INFO, () -> "search index: " + count + " more entries indexed");
        reported = System.nanoTime();
      }
    }
  }

  /**
   * Returns the pause after a full batch, in milliseconds.
   *
   * @param took the time that the batch took, in milliseconds
   * @param isAlone whether nobody else has written since the batch before
   */
  static long restAfter(long took, boolean isAlone) {
    return Math.min(LONGEST_REST_MILLIS, 1 + (isAlone ? REST_ALONE : REST_BESIDE_OTHERS) * took);
  }

  private boolean closesWithin(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends after the batch that is being written. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
