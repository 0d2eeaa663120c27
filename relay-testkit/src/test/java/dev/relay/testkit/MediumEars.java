package dev.relay.testkit;

import dev.relay.core.conversation.Event;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Listens to the fake medium, rightly: tries again to connect and to hand in. */
final class MediumEars {
  private static final int PAUSE_MILLIS = 20;

  private final FakeMedium medium;
  private final Intake intake;
  private final Function<FakeMedium.Report, Event> reading;
  private final boolean persistent;
  private final Consumer<FakeMedium.Report> listener = this::hear;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "medium-ears");
        made.setDaemon(true);
        return made;
      });
  private volatile boolean stopped;

  /** With what a report means; one that is not persistent gives up what the intake does not take at once. */
  MediumEars(
      FakeMedium medium,
      Intake intake,
      Function<FakeMedium.Report, Event> reading,
      boolean persistent) {
    this.medium = medium;
    this.intake = intake;
    this.reading = reading;
    this.persistent = persistent;
  }

  void listen(int since) {
    try {
      medium.listen(since, listener);
    } catch (FakeMedium.Failure notNow) {
      later(() -> listen(since));
    }
  }

  private void hear(FakeMedium.Report report) {
    if (!stopped) {
      handIn(reading.apply(report));
    }
  }

  private void handIn(Event event) {
    var unused = intake.submit(event).thenAccept(result -> {
      boolean again =
          result instanceof IntakeResult.Overloaded || result instanceof IntakeResult.Unavailable;
      if (again && persistent) {
        later(() -> handIn(event));
      }
    });
  }

  private void later(Runnable task) {
    if (stopped) {
      return;
    }
    medium.retryBegins();
    try {
      var unused = thread.schedule(
          () -> {
            try {
              task.run();
            } finally {
              medium.retryEnds();
            }
          },
          PAUSE_MILLIS,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stoppedMeanwhile) {
      medium.retryEnds();
    }
  }

  void stop() {
    stopped = true;
    medium.forget(listener);
    thread.shutdownNow().forEach(never -> medium.retryEnds());
  }
}
