package dev.relay.http.traffic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a request without occupying a thread, and passes the request on when the body is complete. Files are passed on
 * at once, because their routes read them asynchronously themselves.
 */
final class RequestBodies extends Handler.Wrapper {
  /** The longest body of any route but uploads: a webhook's, and some more so that the route can answer that it is too long. */
  static final int MAX_BYTES = 320 * 1024;

  private final HeldBytes held;
  private final Peers peers;

  RequestBodies(HeldBytes held, Peers peers) {
    this.held = held;
    this.peers = peers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isTransformed(request)) {
      Response.writeError(request, response, callback, 400);
      return true;
    }
    if (!hasBody(request) || isFile(request)) {
      return super.handle(request, response, callback);
    }
    Body body = new Body(request, response, callback);
    body.read();
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** A transfer coding besides chunked would have to be undone; nobody uses one. */
  private static boolean isTransformed(Request request) {
    List<String> codings = request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false);
    return codings.size() > 1
        || codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
  }

  private static boolean isFile(Request request) {
    String path = Request.getPathInContext(request);
    return path.equals("/api/v1/chat/attachments") || path.equals("/api/v1/attachments");
  }

  private void passOn(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Throwable e) {
      Response.writeError(request, response, callback, e);
    }
  }

  /** Returns the status that answers a body that did not arrive: too slow, or cut off by the client. */
  static int status(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return 408;
    }
    return failure instanceof HttpException bad && bad.getCode() < 500 ? bad.getCode() : 400;
  }

  /** One body on its way. Used by one thread at a time. */
  private final class Body {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final HeldBytes.Hold hold;
    private final List<byte[]> parts = new ArrayList<>();
    private int length;

    Body(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.hold = held.open(peers.key(request), Clients.connection(request)).ofArriving();
    }

    /** Reads what has arrived, and continues when more does. */
    void read() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this::read);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          hold.release();
          Response.writeError(request, response, callback, status(chunk.getFailure()));
          return;
        }
        keep(chunk.getByteBuffer());
        boolean last = chunk.isLast();
        chunk.release();
        if (length > MAX_BYTES) {
          hold.release();
          Response.writeError(request, response, callback, 413);
          return;
        }
        if (last) {
          hold.arrived();
          passOn(
              new WholeRequest(request, whole()), response, Callback.from(callback, hold::release));
          return;
        }
      }
    }

    private void keep(ByteBuffer arrived) {
      if (arrived.hasRemaining()) {
        byte[] part = new byte[arrived.remaining()];
        arrived.get(part);
        parts.add(part);
        length += part.length;
        hold.add(part.length);
        hold.moved(part.length);
      }
    }

    private ByteBuffer whole() {
      ByteBuffer whole = ByteBuffer.allocate(length);
      parts.forEach(whole::put);
      return whole.flip();
    }
  }

  /** A request whose body is in memory. */
  private static final class WholeRequest extends Request.Wrapper {
    private Content.Chunk next;

    WholeRequest(Request request, ByteBuffer body) {
      super(request);
      this.next = Content.Chunk.from(body, true);
    }

    @Override
    public synchronized Content.Chunk read() {
      Content.Chunk chunk = next;
      next = Content.Chunk.next(chunk);
      return chunk;
    }

    @Override
    public void demand(Runnable onReadable) {
      onReadable.run();
    }

    @Override
    public void fail(Throwable failure) {
      next = Content.Chunk.from(failure, true);
    }

    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }
}
