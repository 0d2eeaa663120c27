package dev.relay.twilio.port;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The watch of an account: the threads on which its desk and channels look for what webhooks have lost. Each of them has one thread of
 * its own, so that its looks never run at the same time and a long recovery of one delays no other. Thread-safe.
 */
public final class TwilioWatch implements AutoCloseable {
  private final Duration every;
  private final List<WatchThread> threads = new CopyOnWriteArrayList<>();

  /**
   * Creates a watch.
   *
   * @param every the pause between two rounds
   */
  public TwilioWatch(Duration every) {
    this.every = every;
  }

  /** Creates the thread of one desk or channel. It begins with the first look. */
  WatchThread newThread() {
    WatchThread thread = new WatchThread(every);
    threads.add(thread);
    return thread;
  }

  /** Ends the threads. Harmless if repeated. */
  @Override
  public void close() {
    threads.forEach(WatchThread::close);
  }
}
