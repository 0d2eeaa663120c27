package dev.relay.testkit;

import dev.relay.core.conversation.Event;
import dev.relay.core.intake.Inbox;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A correct listener at the fake medium: connects again after a failure, and submits through the inbox. Thread-safe. */
class MediumEars {
  private static final int PAUSE_MILLIS = 20;

  private final FakeMedium medium;
  private final Inbox inbox;
  private final Reader reader;
  private final Consumer<FakeMedium.Report> listener = this::receive;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "medium-ears");
        made.setDaemon(true);
        return made;
      });
  private volatile int last;
  private volatile boolean stopped;

  MediumEars(FakeMedium medium, Inbox inbox, Reader reader) {
    this.medium = medium;
    this.inbox = inbox;
    this.reader = reader;
  }

  /** Translates the reports of the medium. */
  interface Reader {
    Event read(FakeMedium.Report report);
  }

  /** Listens to all reports after that index. */
  final void listen(int since) {
    last = since;
    connect();
  }

  private void connect() {
    try {
      medium.listen(last, listener, this::onLost);
    } catch (FakeMedium.Failure notNow) {
      onLost();
    }
  }

  /** Called when the connection is lost or cannot be made. */
  void onLost() {
    later(this::connect);
  }

  private void receive(FakeMedium.Report report) {
    if (!stopped) {
      last = Math.max(last, report.index());
      submit(inbox, report.place(), reader.read(report));
    }
  }

  /** Submits an event of that place. */
  void submit(Inbox receiver, String place, Event event) {
    var unused = receiver.submit(place, event);
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

  final void stop() {
    stopped = true;
    medium.forget(listener);
    thread.shutdownNow().forEach(never -> medium.retryEnds());
  }
}
