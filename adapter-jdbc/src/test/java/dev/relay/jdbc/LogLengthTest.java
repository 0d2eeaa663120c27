package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.file.SqliteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a busy database stays short, also while there is no moment without a reader. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogLengthTest {
  private static final int PAGES = 50;
  private static final long GOAL = PAGES * 4_096L;
  private static final int READERS = 3;

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void overlapping_readers_do_not_make_the_log_grow_without_limit() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("relay.db"));
    file.create();
    SqliteDialect dialect = new SqliteDialect(file.jdbcUrl(), PAGES);
    LogGate gate = new LogGate();
    try (Writer writer = new Writer(dialect, gate)) {
      writer.write(session -> session.update("create table line (text text)"));
      try (Readers readers = new Readers(dialect, gate, Readers.Kind.LOOK_UPS)) {
        long longest = lengthWhileRead(writer, readers, dialect);

        assertThat(longest).as("the log was in use").isGreaterThan(GOAL);
        assertThat(longest).isLessThan(4 * GOAL);
      }
    }
  }

  /** Writes twenty times the goal while reads overlap; returns the greatest length of the log. */
  private static long lengthWhileRead(Writer writer, Readers readers, SqliteDialect dialect)
      throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger reading = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(READERS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      threads.add(new Thread(() -> {
        while (!over.get()) {
          readers.read(session -> {
            session.first("select count(*) from line", row -> row.getInt(1));
            begun.countDown();
            int others = reading.incrementAndGet();
            // Lasts until another read has begun, if one can begin.
            for (int wait = 0; wait < 20 && others == 1 && reading.get() == 1; wait++) {
              pause();
            }
            pause();
            reading.decrementAndGet();
            return true;
          });
        }
      }));
    }
    threads.forEach(Thread::start);
    begun.await(10, TimeUnit.SECONDS);
    long longest = 0;
    try {
      for (int i = 0; i < 20 * PAGES; i++) {
        writer.write(session -> session.update("insert into line values (?)", "x".repeat(3_900)));
        longest = Math.max(longest, dialect.logLength());
      }
    } finally {
      over.set(true);
      for (Thread each : threads) {
        each.join();
      }
    }
    return longest;
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
  }

  @Test
  void a_gate_that_is_closed_lets_nobody_read_and_one_that_is_busy_is_not_closed()
      throws Exception {
    LogGate gate = new LogGate();
    gate.enter();
    assertThat(gate.whileClosed(Duration.ZERO, () -> true))
        .as("by a reader itself")
        .isFalse();
    AtomicBoolean closed = new AtomicBoolean();
    Thread other = new Thread(() -> closed.set(gate.whileClosed(Duration.ZERO, () -> true)));
    other.start();
    other.join();
    assertThat(closed).isFalse();
    gate.leave();

    assertThat(gate.whileClosed(Duration.ofSeconds(1), () -> true)).isTrue();
  }
}
