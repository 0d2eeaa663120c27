package dev.relay.http.live;

import java.util.concurrent.atomic.AtomicLong;

/** A number that grows with every commit that changed a conversation, here or possibly on another instance. Thread-safe. */
public final class ChangeCount {
  private final AtomicLong changes = new AtomicLong();

  void grow() {
    changes.incrementAndGet();
  }

  long value() {
    return changes.get();
  }
}
