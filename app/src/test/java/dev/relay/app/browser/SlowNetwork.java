package dev.relay.app.browser;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A SOCKS proxy between the browsers and the servers of the tests that delays what it passes on, each time by another time, so that
 * answers arrive late and in another order. It covers the shared workers too, which the browser's own emulation of a slow network leaves
 * out. Lives as long as the process.
 */
final class SlowNetwork {
  private static final int SOCKS = 5;
  private static final int HOST_NAME = 3;
  private static final int CHUNK = 64 * 1024;

  /** The answer to a connection request: succeeded, and an address that no browser reads. */
  private static final byte[] CONNECTED = {SOCKS, 0, 0, 1, 0, 0, 0, 0, 0, 0};

  private final int mostMillis;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool(SlowNetwork::daemon);

  private SlowNetwork(int mostMillis, ServerSocket socket) {
    this.mostMillis = mostMillis;
    this.socket = socket;
  }

  /**
   * Opens the proxy.
   *
   * @param mostMillis the longest delay of each direction, in milliseconds
   */
  static SlowNetwork open(int mostMillis) {
    try {
      ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      SlowNetwork network = new SlowNetwork(mostMillis, socket);
      network.threads.execute(network::accept);
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address of the proxy, as Chromium's option names it. */
  String address() {
    return "socks5://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket browser = socket.accept();
        threads.execute(() -> serve(browser));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket browser) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), wantedPort(browser));
      browser.getOutputStream().write(CONNECTED);
      threads.execute(() -> pass(browser, server));
      pass(server, browser);
    } catch (IOException e) {
      close(browser);
    }
  }

  /** Reads the greeting and the request. The host is ignored: all servers of the tests are on this computer. */
  private static int wantedPort(Socket browser) throws IOException {
    DataInputStream in = new DataInputStream(browser.getInputStream());
    in.skipNBytes(1);
    in.skipNBytes(in.readUnsignedByte());
    browser.getOutputStream().write(new byte[] {SOCKS, 0});
    in.skipNBytes(3);
    int type = in.readUnsignedByte();
    in.skipNBytes(type == HOST_NAME ? in.readUnsignedByte() : type == 1 ? 4 : 16);
    return in.readUnsignedShort();
  }

  /** Passes one direction on until either side closes, then closes both. */
  private void pass(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(mostMillis + 1));
        out.write(chunk, 0, read);
      }
    } catch (IOException e) {
      // Browsers and servers close their connections at any time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "slow-network");
    thread.setDaemon(true);
    return thread;
  }
}
