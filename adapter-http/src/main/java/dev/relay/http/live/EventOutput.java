package dev.relay.http.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The sending side of an event stream. It never blocks: if the client is not ready, the stream runs again when it is. Used by one
 * thread at a time; the server's threads call only the listener's methods.
 */
final class EventOutput implements WriteListener {
  private final ServletOutputStream out;
  private final LiveStream stream;
  private volatile boolean begun;
  private boolean unflushed;

  EventOutput(ServletOutputStream out, LiveStream stream) {
    this.out = out;
    this.stream = stream;
  }

  /** Flushes pending bytes; returns whether more can be written now. If not, the stream runs again as soon as it can write. */
  boolean isReady() throws IOException {
    if (!begun || !out.isReady()) {
      return false;
    }
    if (!unflushed) {
      return true;
    }
    unflushed = false;
    out.flush();
    return out.isReady();
  }

  /** Returns whether the server has allowed the first write. */
  boolean hasBegun() {
    return begun;
  }

  /** Writes the bytes; allowed once after each {@link #isReady} that returned true. */
  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    unflushed = true;
  }

  @Override
  public void onWritePossible() {
    begun = true;
    stream.run();
  }

  @Override
  public void onError(Throwable cause) {
    stream.close();
  }
}
