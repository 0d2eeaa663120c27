package dev.relay.http.traffic;

import dev.relay.http.web.PeerAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose request headers arrive too slowly, and the oldest connections without a request of an address that has
 * too many of them. Without this, anybody could use up the process's file descriptors. Thread-safe.
 */
final class ConnectionWatch extends Handler.Wrapper implements Connection.Listener {
  /** The time for the line and the headers of a request, from their first byte. */
  static final long HEADERS_NANOS = 10_000_000_000L;
  /** The most connections of one address that have no request under way; browsers keep six. */
  static final int MOST_IDLE = 256;
  /** A trusted proxy keeps connections for all its clients. */
  private static final int MOST_IDLE_OF_A_PROXY = 4_096;

  private final PeerAddress addresses;
  private final Map<Connection, State> states = new ConcurrentHashMap<>();
  private final Map<String, Map<Connection, State>> byPeer = new HashMap<>();

  private static final class State {
    private final String peer;
    private volatile boolean busy;
    private volatile long bytesBefore;
    private volatile long headersSince;
    private volatile boolean headersBegun;

    State(String peer) {
      this.peer = peer;
    }
  }

  ConnectionWatch(PeerAddress addresses) {
    this.addresses = addresses;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
      return;
    }
    String socketAddress = remote.getAddress().getHostAddress();
    State state = new State(addresses.key(socketAddress, List.of()));
    int most = addresses.isTrusted(socketAddress) ? MOST_IDLE_OF_A_PROXY : MOST_IDLE;
    Connection oldest;
    synchronized (byPeer) {
      states.put(connection, state);
      Map<Connection, State> all =
          byPeer.computeIfAbsent(state.peer, unused -> new LinkedHashMap<>());
      all.put(connection, state);
      oldest = all.size() > most ? oldestIdle(all, most) : null;
      if (oldest != null) {
        // Now, because it takes a moment until it is reported as closed.
        all.remove(oldest);
      }
    }
    if (oldest != null) {
      oldest.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (byPeer) {
      State state = states.remove(connection);
      if (state != null) {
        byPeer.computeIfPresent(state.peer, (same, all) -> {
          all.remove(connection);
          return all.isEmpty() ? null : all;
        });
      }
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    State state = states.get(connection);
    if (state != null) {
      state.busy = true;
      Request.addCompletionListener(request, unused -> {
        state.bytesBefore = connection.getBytesIn();
        state.headersBegun = false;
        state.busy = false;
      });
    }
    return super.handle(request, response, callback);
  }

  /** Closes the connections whose headers have been arriving for too long. */
  void closeSlow(long nowNanos) {
    List<Connection> slow = new ArrayList<>();
    states.forEach((connection, state) -> {
      if (state.busy || connection.getBytesIn() == state.bytesBefore) {
        return;
      }
      if (!state.headersBegun) {
        state.headersSince = nowNanos;
        state.headersBegun = true;
      } else if (nowNanos - state.headersSince > HEADERS_NANOS) {
        slow.add(connection);
      }
    });
    slow.forEach(connection -> connection.getEndPoint().close());
  }

  private static @Nullable Connection oldestIdle(Map<Connection, State> all, int most) {
    Connection oldest = null;
    int idle = 0;
    for (Map.Entry<Connection, State> each : all.entrySet()) {
      if (!each.getValue().busy) {
        idle++;
        oldest = oldest == null ? each.getKey() : oldest;
      }
    }
    return idle > most ? oldest : null;
  }
}
