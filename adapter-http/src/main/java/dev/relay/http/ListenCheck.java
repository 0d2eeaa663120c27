package dev.relay.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** The check of whether this process may listen on an address, and the reasons why it may not, each with what to do. */
public final class ListenCheck {
  /** On Unix, ports below this one need a right of their own. */
  private static final int FIRST_FREE = 1024;

  private ListenCheck() {}

  /** The ways in which listening is refused. */
  public enum Refusal {
    /** The address is not one of this machine. */
    NO_SUCH_HOST,
    /** Another program listens on the port. */
    IN_USE,
    /** The port is below 1024, and this user may not listen there. */
    NOT_PERMITTED;

    /** Returns the reason with what to do, in one line. */
    public String reason(int port) {
      return switch (this) {
        case NO_SUCH_HOST -> "not an address of this machine";
        case IN_USE -> "in use by another program; stop it, or set another http.port";
        case NOT_PERMITTED ->
          "this user may not listen on port " + port
              + ", because it is below 1024; set http.port to 1024 or above behind a proxy, or give the"
              + " service the right (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE)";
      };
    }
  }

  /** Returns why this process cannot listen there; empty if it can. Listens for a moment. */
  public static Optional<Refusal> refusal(InetAddress host, int port) {
    return canListen(host, port)
        ? Optional.empty()
        : Optional.of(refusal(port, canListen(host, 0), isAnswered(host, port)));
  }

  /**
   * Returns why listening on a port is refused. The texts of the system's errors depend on its language; these facts do not.
   *
   * @param hostWorks whether the same host accepts another port
   * @param isAnswered whether somebody accepts connections at the port
   */
  static Refusal refusal(int port, boolean hostWorks, boolean isAnswered) {
    if (!hostWorks) {
      return Refusal.NO_SUCH_HOST;
    }
    return port > 0 && port < FIRST_FREE && !isAnswered ? Refusal.NOT_PERMITTED : Refusal.IN_USE;
  }

  private static boolean canListen(InetAddress host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAnswered(InetAddress host, int port) {
    InetAddress reachable = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(reachable, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
