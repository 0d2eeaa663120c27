package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Schedule of all tasks of a simulation, both of the engines and of the world around them. Tasks run one after the other, in a
 * random order that real threads could also produce. Time passes only here. Other tasks can run during a task that takes long.
 * Used by one thread.
 */
final class Agenda {
  /** Maximum nesting of tasks that take long. */
  private static final int DEEPEST = 3;
  /** Percentage of steps in which a timer overtakes tasks that are ready. */
  private static final int TIMER_FIRST = 4;

  private final Chance chance;
  private final List<Line> lines = new ArrayList<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::number));
  private long millis;
  private long count;
  private int depth;
  private Runnable beforeEach = () -> {};

  Agenda(Chance chance) {
    this.chance = chance;
  }

  private record Timed(long at, long number, Runnable task) {}

  /** Queue of tasks of which at most {@code width} run at a time. */
  final class Line {
    private final int width;
    private final List<Runnable> tasks = new ArrayList<>();
    private int running;

    private Line(int width) {
      this.width = width;
    }

    void add(Runnable task) {
      tasks.add(task);
    }

    private boolean isReady() {
      return !tasks.isEmpty() && running < width;
    }

    /** Runs the oldest task if the line has one thread; otherwise one of the oldest few. */
    private void runOne() {
      int which = width == 1 ? 0 : chance.between(0, Math.min(width, tasks.size()) - 1);
      Runnable task = tasks.remove(which);
      running++;
      try {
        task.run();
      } finally {
        running--;
      }
    }
  }

  Line line(int width) {
    Line line = new Line(width);
    lines.add(line);
    return line;
  }

  /** Removes a line with all its tasks. */
  void remove(Line line) {
    line.tasks.clear();
    lines.remove(line);
  }

  void after(Duration delay, Runnable task) {
    timers.add(new Timed(millis + Math.max(0, delay.toMillis()), count++, task));
  }

  /** Returns how long the simulation has run, in simulated time. */
  Duration elapsed() {
    return Duration.ofMillis(millis);
  }

  /** Sets the action that runs before each task. */
  void beforeEach(Runnable action) {
    beforeEach = action;
  }

  /** Runs one task, or returns false if no task is ready and no timer is pending. */
  boolean step() {
    beforeEach.run();
    List<Line> ready = new ArrayList<>(lines.size());
    for (Line line : lines) {
      if (line.isReady()) {
        ready.add(line);
      }
    }
    if (ready.isEmpty() && timers.isEmpty()) {
      return false;
    }
    if (ready.isEmpty() || (!timers.isEmpty() && chance.percent(TIMER_FIRST))) {
      Timed next = timers.remove();
      millis = Math.max(millis, next.at());
      next.task().run();
    } else {
      millis += chance.percent(30) ? 1 : 0;
      chance.of(ready).runOne();
    }
    return true;
  }

  /** Lets that much time pass within the current task; other tasks run meanwhile. */
  void pass(Duration time) {
    long until = millis + time.toMillis();
    if (depth < DEEPEST) {
      depth++;
      try {
        after(time, () -> {});
        while (millis < until && step()) {
          // Each step runs one other task.
        }
      } finally {
        depth--;
      }
    }
    millis = Math.max(millis, until);
  }
}
