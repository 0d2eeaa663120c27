package dev.relay.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that send slowly or do not read, over real sockets. Used by one thread. */
final class SlowClients implements AutoCloseable {
  private final int port;
  private final List<Socket> sockets = new ArrayList<>();

  SlowClients(TestServer relay) {
    this.port = relay.server.port();
  }

  /** Opens that many connections, each of which sends only this. */
  SlowClients send(int connections, String beginning) {
    for (int i = 0; i < connections; i++) {
      open(beginning);
    }
    return this;
  }

  private void open(String beginning) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(2_048);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
      sockets.add(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends some more on every connection that is still open. */
  void more(String text) {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException cutOff) {
        // The server has closed this one, as it may.
      }
    }
  }

  /** Resets every connection, as a phone in a tunnel does. */
  void reset() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException alreadyClosed) {
        // As intended.
      }
    }
    sockets.clear();
  }

  /** Returns how many connections the server has neither answered nor closed. */
  int holding() {
    return (int) sockets.stream().filter(SlowClients::isHolding).count();
  }

  private static boolean isHolding(Socket socket) {
    try {
      socket.setSoTimeout(1);
      var unused = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException nothing) {
      return true;
    } catch (SocketException closed) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    reset();
  }
}
