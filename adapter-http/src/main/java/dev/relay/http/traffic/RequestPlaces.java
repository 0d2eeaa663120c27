package dev.relay.http.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Shares the server's threads among addresses. Each address has a few places; further requests of it wait without a thread, and
 * addresses take turns. Some places are kept for agents whose sessions were verified recently, and {@code /livez} needs none.
 */
final class RequestPlaces extends Handler.Wrapper {
  /** The server's threads; some of them serve only {@code /livez} and the connections themselves. */
  static final int THREADS = 64;

  private static final int MOST = 56;
  private static final int MOST_OF_STRANGERS = 40;
  private static final int MOST_OF_AN_ADDRESS = 16;
  private static final int MOST_WAITING = 2_000;
  private static final int MOST_WAITING_OF_AN_ADDRESS = 500;

  private final Peers peers;
  private final Map<Sender, Integer> running = new HashMap<>();
  private final Map<Sender, Deque<Waiting>> waiting = new LinkedHashMap<>();
  private int runningOfAll;
  private int runningOfStrangers;
  private int waitingOfAll;

  RequestPlaces(Peers peers) {
    this.peers = peers;
  }

  /** An address, once for its agents and once for everybody else there. */
  private record Sender(String peer, boolean isAgent) {}

  private record Waiting(Sender sender, Request request, Response response, Callback callback) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (Request.getPathInContext(request).equals("/livez")) {
      return super.handle(request, response, callback);
    }
    Sender sender = new Sender(peers.key(request), peers.isAgent(request));
    if (!take(sender)) {
      if (!wait(new Waiting(sender, request, response, callback))) {
        Response.writeError(request, response, callback, 503);
      }
      // A place may have become free meanwhile.
      startNext();
      return true;
    }
    try {
      return super.handle(request, response, callback);
    } finally {
      giveBack(sender);
    }
  }

  private synchronized boolean take(Sender sender) {
    if (!hasRoom(sender)) {
      return false;
    }
    running.merge(sender, 1, Integer::sum);
    runningOfAll++;
    runningOfStrangers += sender.isAgent() ? 0 : 1;
    return true;
  }

  private boolean hasRoom(Sender sender) {
    return runningOfAll < MOST
        && (sender.isAgent() || runningOfStrangers < MOST_OF_STRANGERS)
        && running.getOrDefault(sender, 0) < MOST_OF_AN_ADDRESS;
  }

  private synchronized boolean wait(Waiting next) {
    Deque<Waiting> queue = waiting.computeIfAbsent(next.sender(), unused -> new ArrayDeque<>());
    if (waitingOfAll >= MOST_WAITING || queue.size() >= MOST_WAITING_OF_AN_ADDRESS) {
      if (queue.isEmpty()) {
        waiting.remove(next.sender());
      }
      return false;
    }
    queue.add(next);
    waitingOfAll++;
    return true;
  }

  private void giveBack(Sender sender) {
    synchronized (this) {
      running.computeIfPresent(sender, (same, count) -> count == 1 ? null : count - 1);
      runningOfAll--;
      runningOfStrangers -= sender.isAgent() ? 0 : 1;
    }
    startNext();
  }

  private void startNext() {
    takeNext()
        .ifPresent(next -> next.request().getComponents().getExecutor().execute(() -> run(next)));
  }

  /** Takes the next request for which there is a place; its address then goes to the end of the line. */
  private synchronized Optional<Waiting> takeNext() {
    for (Iterator<Map.Entry<Sender, Deque<Waiting>>> all = waiting.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Sender, Deque<Waiting>> each = all.next();
      if (take(each.getKey())) {
        Waiting next = each.getValue().remove();
        waitingOfAll--;
        all.remove();
        if (!each.getValue().isEmpty()) {
          waiting.put(each.getKey(), each.getValue());
        }
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private void run(Waiting next) {
    try {
      if (!super.handle(next.request(), next.response(), next.callback())) {
        Response.writeError(next.request(), next.response(), next.callback(), 404);
      }
    } catch (Throwable e) {
      Response.writeError(next.request(), next.response(), next.callback(), e);
    } finally {
      giveBack(next.sender());
    }
  }
}
