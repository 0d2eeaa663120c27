package dev.relay.benchmarks;

import dev.relay.core.intake.IntakeResult;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Callers who each submit a message, wait for its acknowledgement or answer, and submit the next one. */
final class Load {
  private final World world;
  private final int callers;
  private final int users;

  Load(World world, int callers, int users) {
    this.world = world;
    this.callers = callers;
    this.users = users;
  }

  /**
   * The result of a measurement.
   *
   * @param perSecond messages per second, all callers together
   * @param messages the number of messages
   * @param p50 the median time of one message, in milliseconds
   * @param p99 the time that 99 of 100 messages did not exceed, in milliseconds
   */
  record Result(double perSecond, long messages, double p50, double p99) {}

  /** Runs for that many milliseconds; a message is done when it is acknowledged, or when its answer was shown. */
  Result run(long millis, boolean untilAnswered) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    long[][] times = new long[callers][0];
    CountDownLatch done = new CountDownLatch(callers);
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    for (int caller = 0; caller < callers; caller++) {
      int number = caller;
      Thread thread = new Thread(() -> {
        try {
          times[number] = call(number, end, untilAnswered);
        } catch (RuntimeException e) {
          failures.add(e);
        } finally {
          done.countDown();
        }
      });
      thread.start();
    }
    done.await();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a caller failed", failures.peek());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(all.length / seconds, all.length, at(all, 0.50), at(all, 0.99));
  }

  private long[] call(int caller, long end, boolean untilAnswered) {
    long[] times = new long[1024];
    int count = 0;
    int mine = Math.max(1, users / callers);
    while (System.nanoTime() < end) {
      long begin = System.nanoTime();
      String id = "m" + world.messages.incrementAndGet();
      String user = "u" + (caller * mine + count % mine);
      var answer = untilAnswered ? world.answerTo(id) : null;
      IntakeResult result = world.write(user, id).join();
      if (!(result instanceof IntakeResult.Accepted)) {
        throw new IllegalStateException("not accepted: " + result.getClass().getSimpleName());
      }
      long finished = answer == null ? System.nanoTime() : answer.join();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = finished - begin;
    }
    return Arrays.copyOf(times, count);
  }

  /** Returns the time in milliseconds that this share of all times, sorted and in nanoseconds, does not exceed. */
  static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }
}
