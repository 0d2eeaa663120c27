package dev.relay.discord.fake;

import java.util.ArrayList;
import java.util.List;

/** The requests that came, in the order of their answers. Thread-safe. */
public final class RequestLog {
  private final List<LoggedRequest> requests = new ArrayList<>();

  /** All requests so far. */
  public synchronized List<LoggedRequest> all() {
    return List.copyOf(requests);
  }

  /** The requests of that route (one of {@link Routes}), whatever was answered. */
  public synchronized List<LoggedRequest> of(String route) {
    return requests.stream().filter(request -> request.route().equals(route)).toList();
  }

  /** How many requests came. */
  public synchronized int count() {
    return requests.size();
  }

  /** How many requests of that route came. */
  public int count(String route) {
    return of(route).size();
  }

  /** Forgets what came so far, so that a test counts from here. */
  public synchronized void clear() {
    requests.clear();
  }

  synchronized void add(LoggedRequest request) {
    requests.add(request);
  }
}
