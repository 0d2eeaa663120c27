package dev.relay.http;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records all events. Thread-safe. */
public final class TestObserver implements HttpObserver {
  final Queue<String> answered = new ConcurrentLinkedQueue<>();
  final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();

  /** Returns the failures that were reported. */
  public List<Throwable> causes() {
    return List.copyOf(broken);
  }

  @Override
  public void answered(String method, String route, int status, long tookMillis) {
    answered.add(method + " " + route + " " + status);
  }

  @Override
  public void broken(String where, Throwable cause) {
    broken.add(cause);
  }
}
