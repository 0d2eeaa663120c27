package dev.relay.testkit.simulation;

import dev.relay.core.engine.commit.Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Scheduling that runs one engine's tasks on the agenda until the engine is killed. Used by one thread. */
final class SimulatedScheduling implements Scheduling {
  private final Agenda agenda;
  private final Consumer<Throwable> broken;
  private final List<Agenda.Line> lines = new ArrayList<>();
  private boolean dead;

  /**
   * Creates the scheduling of one engine.
   *
   * @param broken receives the exception of each task that fails
   */
  SimulatedScheduling(Agenda agenda, Consumer<Throwable> broken) {
    this.agenda = agenda;
    this.broken = broken;
  }

  @Override
  public Executor executor(String name, int threads) {
    Agenda.Line line = agenda.line(threads);
    lines.add(line);
    return task -> {
      if (!dead) {
        line.add(() -> run(task));
      }
    };
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    boolean[] cancelled = {false};
    agenda.after(delay, () -> {
      if (!dead && !cancelled[0]) {
        run(task);
      }
    });
    return () -> cancelled[0] = true;
  }

  @Override
  public void close(Duration grace) {
    kill();
  }

  /** Drops all tasks, as if the process had ended. */
  void kill() {
    dead = true;
    lines.forEach(agenda::remove);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      if (!dead) {
        broken.accept(e);
      }
    }
  }
}
