package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All tasks of a simulation, of the engines and of the world around them. One runs after the other, in a random order
 * among those that real threads allow; time passes only here. A task that takes long lets others run meanwhile. Used by one
 * thread.
 */
final class Agenda {
  /** The deepest nesting of tasks that take long. */
  private static final int DEEPEST = 3;
  /** The percentage of cases in which a timer overtakes tasks that could run. */
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

  /** A line of tasks with a limit to how many run at a time. */
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

    /** Returns the next task of a line: the oldest if it has one thread, any of the oldest few if it has several. */
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

  /** Forgets a line with all its tasks. */
  void remove(Line line) {
    line.tasks.clear();
    lines.remove(line);
  }

  void after(Duration delay, Runnable task) {
    timers.add(new Timed(millis + Math.max(0, delay.toMillis()), count++, task));
  }

  /** Returns how long the simulation has run, in its own time. */
  Duration elapsed() {
    return Duration.ofMillis(millis);
  }

  /** Sets the work that is done before each task. */
  void beforeEach(Runnable action) {
    beforeEach = action;
  }

  /** Runs one task; returns false if there is none and there will be none. */
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

  /** Lets the current task take that long, during which others run. */
  void pass(Duration time) {
    long until = millis + time.toMillis();
    if (depth < DEEPEST) {
      depth++;
      try {
        after(time, () -> {});
        while (millis < until && step()) {
          // Each step is one task of somebody else.
        }
      } finally {
        depth--;
      }
    }
    millis = Math.max(millis, until);
  }
}
