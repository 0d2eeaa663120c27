package dev.relay.http.traffic;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets routes write their answers without waiting for the client to read them: what the connection cannot take at once is kept in
 * memory and sent as the client reads. Event streams and files, which do not fit into memory, are written asynchronously by their
 * routes and pass unchanged.
 */
final class AnswerBodies extends Handler.Wrapper {
  private static final int PART = 32 * 1024;

  private final HeldBytes held;
  private final Peers peers;

  AnswerBodies(HeldBytes held, Peers peers) {
    this.held = held;
    this.peers = peers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = new Answer(request, response, callback);
    return super.handle(request, answer, answer);
  }

  /** One answer; also the callback that completes the request, which waits until everything has been sent. */
  private final class Answer extends Response.Wrapper implements Callback {
    private final Callback whenOver;
    private final Deque<ByteBuffer> parts = new ArrayDeque<>();
    private HeldBytes.@Nullable Hold hold;
    private boolean sending;
    private boolean ending;
    private boolean completed;
    private @Nullable Throwable failure;

    Answer(Request request, Response wrapped, Callback whenOver) {
      super(request, wrapped);
      this.whenOver = whenOver;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback written) {
      if (isStreamed()) {
        super.write(last, content, written);
        return;
      }
      Throwable broken = add(last, content);
      if (broken != null) {
        written.failed(broken);
        return;
      }
      written.succeeded();
      send();
    }

    private boolean isStreamed() {
      String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
      return getHeaders().contains("Content-Disposition")
          || (type != null && type.startsWith("text/event-stream"));
    }

    private synchronized @Nullable Throwable add(boolean last, @Nullable ByteBuffer content) {
      if (failure != null) {
        return failure;
      }
      int length = content == null ? 0 : content.remaining();
      if (hold == null) {
        hold = held.open(peers.key(getRequest()), Clients.connection(getRequest()));
        hold.demandPace();
      }
      hold.add(length);
      if (length > 0) {
        ByteBuffer copy = ByteBuffer.allocate(length);
        copy.put(content).flip();
        parts.add(copy);
      }
      ending |= last;
      return null;
    }

    /** Sends the next part if none is under way. */
    private void send() {
      ByteBuffer part;
      boolean last;
      synchronized (this) {
        if (sending || failure != null || (parts.isEmpty() && !ending)) {
          return;
        }
        part = next();
        last = ending && parts.isEmpty();
        ending = ending && !last;
        sending = true;
      }
      int length = part.remaining();
      super.write(
          last, part, Callback.from(InvocationType.NON_BLOCKING, () -> sent(length), this::broken));
    }

    private ByteBuffer next() {
      ByteBuffer first = parts.peek();
      if (first == null) {
        return ByteBuffer.allocate(0);
      }
      int length = Math.min(PART, first.remaining());
      ByteBuffer part = first.slice(first.position(), length);
      first.position(first.position() + length);
      if (!first.hasRemaining()) {
        parts.remove();
      }
      return part;
    }

    private void sent(int length) {
      boolean over;
      synchronized (this) {
        sending = false;
        if (hold != null) {
          hold.moved(length);
          hold.add(-length);
        }
        over = completed && parts.isEmpty() && !ending;
      }
      if (over) {
        release();
        whenOver.succeeded();
      } else {
        send();
      }
    }

    private void broken(Throwable cause) {
      boolean over;
      synchronized (this) {
        sending = false;
        failure = cause;
        parts.clear();
        over = completed;
      }
      release();
      if (over) {
        whenOver.failed(cause);
      }
    }

    @Override
    public void succeeded() {
      Throwable broken;
      synchronized (this) {
        completed = true;
        broken = failure;
        if (broken == null && (sending || !parts.isEmpty() || ending)) {
          return;
        }
      }
      release();
      if (broken == null) {
        whenOver.succeeded();
      } else {
        whenOver.failed(broken);
      }
    }

    @Override
    public void failed(Throwable cause) {
      release();
      whenOver.failed(cause);
    }

    private void release() {
      HeldBytes.Hold open;
      synchronized (this) {
        open = hold;
      }
      if (open != null) {
        open.release();
      }
    }
  }
}
