package dev.relay.http.traffic;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Discards what is left of a request's body after its answer, so that a client that is still sending can read the answer. A server
 * that closed the connection at once would reset it, and the client would lose an answer that it had not read (RFC 9112, section
 * 9.6). Bounded in bytes and, by {@link HeldBytes}, in pace.
 */
final class UnreadBodies extends Handler.Wrapper {
  /** How many bytes are discarded: several times the longest file that is accepted. */
  static final long MOST_DISCARDED = 64L * 1024 * 1024;

  private final HeldBytes held;
  private final Peers peers;

  UnreadBodies(HeldBytes held, Peers peers) {
    this.held = held;
    this.peers = peers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        new KeptOpen(request),
        response,
        Callback.from(
            callback.getInvocationType(),
            () -> new Rest(request, callback).discard(),
            callback::failed));
  }

  /** Keeps the connection of a request open for the rest of its body, where Jetty would close it with the answer. */
  private static final class KeptOpen extends Request.Wrapper {
    KeptOpen(Request request) {
      super(request);
    }

    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }

  /** The rest of one body. Used by one thread at a time. */
  private final class Rest {
    private final Request request;
    private final Callback whenOver;
    private HeldBytes.@Nullable Hold hold;
    private long discarded;

    Rest(Request request, Callback whenOver) {
      this.request = request;
      this.whenOver = whenOver;
    }

    /** Reads what has arrived, and continues when more does. */
    void discard() {
      while (discarded <= MOST_DISCARDED) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          paced();
          request.demand(this::discard);
          return;
        }
        int length = chunk.remaining();
        boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
        chunk.release();
        if (over) {
          break;
        }
        discarded += length;
        paced().moved(length);
      }
      if (hold != null) {
        hold.release();
      }
      whenOver.succeeded();
    }

    private HeldBytes.Hold paced() {
      if (hold == null) {
        hold = held.openEmpty(peers.key(request), Clients.connection(request)).ofArriving();
      }
      return hold;
    }
  }
}
