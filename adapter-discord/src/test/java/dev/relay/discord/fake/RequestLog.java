package dev.relay.discord.fake;

import java.util.ArrayList;
import java.util.List;

/** The received requests, in the order of their answers. Thread-safe. */
public final class RequestLog {
  private final List<LoggedRequest> requests = new ArrayList<>();

  /** Returns all requests so far. */
  public synchronized List<LoggedRequest> all() {
    return List.copyOf(requests);
  }

  /** Returns the requests of a route (one of {@link Routes}), whatever the answer. */
  public synchronized List<LoggedRequest> of(String route) {
    return requests.stream().filter(request -> request.route().equals(route)).toList();
  }

  /** Returns the number of requests. */
  public synchronized int count() {
    return requests.size();
  }

  /** Returns the number of requests of a route. */
  public int count(String route) {
    return of(route).size();
  }

  /** Forgets the requests so far, so that a test counts from here. */
  public synchronized void clear() {
    requests.clear();
  }

  synchronized void add(LoggedRequest request) {
    requests.add(request);
  }
}
