package dev.relay.http.traffic;

import dev.relay.http.web.FailureListener;
import dev.relay.http.web.PeerAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * Keeps slow and greedy clients from stopping the server for others: bodies and answers occupy no threads, the memory held for
 * them is bounded, and addresses share the threads. Thread-safe.
 */
public final class Traffic {
  private static final int MIN_THREADS = 4;
  private static final long PERIOD_SECONDS = 1;

  private final HeldBytes held;
  private final Peers peers;
  private final ConnectionWatch connections;
  private final FailureListener failures;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "relay-traffic");
        thread.setDaemon(true);
        return thread;
      });

  /**
   * Creates the rules; nothing is watched before {@link #start}.
   *
   * @param held the bytes held for slow clients
   * @param addresses determines the address of a request
   * @param agents recognises the tokens of agents, for whom places are kept
   * @param failures receives failures of the watch
   */
  public Traffic(
      HeldBytes held, PeerAddress addresses, AgentTokens agents, FailureListener failures) {
    this.held = held;
    this.peers = new Peers(addresses, agents);
    this.connections = new ConnectionWatch(addresses);
    this.failures = failures;
  }

  /** Returns the threads that requests share. */
  public static ThreadPool threads() {
    return new QueuedThreadPool(RequestPlaces.THREADS, MIN_THREADS);
  }

  /** Inserts the rules in front of the server's routes. */
  public void guard(Server server) {
    server.insertHandler(new RequestPlaces(peers));
    server.insertHandler(new RequestBodies(held, peers));
    server.insertHandler(new AnswerBodies(held, peers));
    server.insertHandler(new UnreadBodies(held, peers));
    server.insertHandler(connections);
  }

  /** Watches the connector's connections. */
  public void watch(ServerConnector connector) {
    connector.addBean(connections, false);
  }

  /** Begins to cut off slow clients. Returns at once. */
  public void start() {
    var unused = timer.scheduleWithFixedDelay(
        this::cutOffSlow, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Cuts off the requests that have not arrived whole, which nobody has accepted yet, and stops. Harmless if repeated. */
  public void stop() {
    timer.shutdownNow();
    held.cutOffIncomplete();
  }

  private void cutOffSlow() {
    try {
      held.cutOffSlow(System.nanoTime());
      connections.closeSlow(System.nanoTime());
    } catch (Throwable e) {
      failures.broken("traffic", e);
    }
  }
}
