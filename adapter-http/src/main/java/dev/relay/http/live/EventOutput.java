package dev.relay.http.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The sending side of an event stream, which never blocks: what cannot be sent yet is asked for later. Used by one thread at a
 * time; only the listener's methods are called by the server's threads.
 */
final class EventOutput implements WriteListener {
  private final ServletOutputStream out;
  private final Runnable onPossible;
  private final Runnable onGone;
  private volatile boolean begun;
  private boolean unflushed;

  EventOutput(ServletOutputStream out, Runnable onPossible, Runnable onGone) {
    this.out = out;
    this.onPossible = onPossible;
    this.onGone = onGone;
  }

  /** Sends what is still held back; answers whether more can be written now. Where not, {@code onPossible} follows. */
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

  /** Writes; allowed once after each {@link #isReady} that answered true. */
  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    unflushed = true;
  }

  @Override
  public void onWritePossible() {
    begun = true;
    onPossible.run();
  }

  @Override
  public void onError(Throwable cause) {
    onGone.run();
  }
}
