package dev.relay.core.engine.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A scheduling that runs an engine step by step in the test's thread, and is the engine's clock. */
public final class StepScheduling implements Scheduling, InstantSource {
  private static final Duration LARGE_STEP = Duration.ofSeconds(20);

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> heldBack = new ArrayDeque<>();
  private String stuck = "";
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparing(Timed::number));
  private Instant now = Instant.parse("2026-11-02T10:00:00Z");
  private long count;

  private record Timed(Instant at, long number, Runnable task) {}

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Executor executor(String name, int threads) {
    return task -> (stuck.equals(name) ? heldBack : tasks).add(task);
  }

  /** Holds back the tasks of one executor, as if its thread were stuck. */
  public void holdBack(String executor) {
    stuck = executor;
  }

  /** Lets the tasks run that were held back. */
  public void release() {
    stuck = "";
    tasks.addAll(heldBack);
    heldBack.clear();
    settle();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Timed timed = new Timed(now.plus(delay), count++, task);
    timers.add(timed);
    return () -> timers.remove(timed);
  }

  @Override
  public void close(Duration grace) {
    tasks.clear();
    timers.clear();
  }

  /** Runs all tasks that can run now. */
  public void settle() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  /** Runs one task; returns false if none can run now. */
  public boolean step() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  /** Lets time pass, and runs tasks as they become due. */
  public void pass(Duration time) {
    pass(time, Duration.ZERO);
  }

  /**
   * Lets days pass. Tasks run late by at most twenty seconds, as on a busy machine, so that the engine's polls, several a
   * second, do not run hundreds of thousands of times.
   */
  public void passInLargeSteps(Duration time) {
    pass(time, LARGE_STEP);
  }

  private void pass(Duration time, Duration step) {
    Instant end = now.plus(time);
    settle();
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Timed next = timers.remove();
      if (next.at().isAfter(now)) {
        Instant atLeast = now.plus(step);
        Instant stepped = next.at().isAfter(atLeast) ? next.at() : atLeast;
        now = stepped.isBefore(end) ? stepped : end;
      }
      next.task().run();
      settle();
    }
    now = end;
  }

  /** Sets the clock. Tasks that wait for a time of day are affected, tasks that wait for a duration are not. */
  public void jump(Duration by) {
    now = now.plus(by);
    List<Timed> waiting = List.copyOf(timers);
    timers.clear();
    waiting.forEach(each -> timers.add(new Timed(each.at().plus(by), each.number(), each.task())));
  }
}
