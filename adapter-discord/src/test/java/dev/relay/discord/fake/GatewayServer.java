package dev.relay.discord.fake;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The WebSocket server of the gateway on a free port of 127.0.0.1, which passes every message to {@link GatewayProtocol}. */
final class GatewayServer extends WebSocketServer {
  private static final int START_SECONDS = 20;
  private static final int STOP_MILLIS = 1_000;

  private final GatewayProtocol gateway;
  private final CountDownLatch started = new CountDownLatch(1);

  GatewayServer(GatewayProtocol gateway) {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    this.gateway = gateway;
    setReuseAddr(true);
    setTcpNoDelay(true);
    setDaemon(true);
    setConnectionLostTimeout(0);
  }

  /** Starts the server and waits until its port is known. */
  int startAndAwaitPort() {
    start();
    try {
      if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gateway did not start");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return getPort();
  }

  void end() {
    try {
      stop(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    boolean compressed = handshake.getResourceDescriptor().contains("compress=zlib-stream");
    GatewayConnection connection = new GatewayConnection(socket, compressed);
    socket.setAttachment(connection);
    gateway.opened(connection, handshake.getResourceDescriptor());
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    gateway.received(socket.getAttachment(), message);
  }

  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    gateway.complain(
        "a binary frame, which neither JSON encoding nor any compression of requests explains");
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    GatewayConnection connection = socket.getAttachment();
    if (connection != null) {
      gateway.closed(connection, code, remote);
    }
  }

  @Override
  public void onError(@Nullable WebSocket socket, Exception failure) {
    // A broken connection is reported to onClose too; a server that cannot start is noticed by its
    // missing port.
  }
}
