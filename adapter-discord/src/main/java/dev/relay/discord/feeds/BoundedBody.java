package dev.relay.discord.feeds;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response up to a limit and cancels the rest. Thread-safe. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean ended;

  /** Creates a collector that keeps at most one byte more than the limit, which shows that the body was too large. */
  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription begun) {
    if (ended || subscription != null) {
      begun.cancel();
      return;
    }
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] piece = new byte[Math.min(buffer.remaining(), limit + 1 - bytes.size())];
      buffer.get(piece);
      bytes.write(piece, 0, piece.length);
    }
    if (bytes.size() > limit) {
      end();
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end();
  }

  /** Cancels the rest; the bytes received so far are the body. */
  synchronized void end() {
    if (!ended) {
      ended = true;
      if (subscription != null) {
        subscription.cancel();
      }
      body.complete(bytes.toByteArray());
    }
  }
}
