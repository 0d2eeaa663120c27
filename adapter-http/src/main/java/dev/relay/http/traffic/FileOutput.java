package dev.relay.http.traffic;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends a file without occupying a thread while the client does not read. */
public final class FileOutput implements WriteListener {
  private static final int PART = 64 * 1024;

  private final ServletOutputStream out;
  private final InputStream content;
  private final HeldBytes.Hold hold;
  private final Executor executor;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

  private FileOutput(
      ServletOutputStream out, InputStream content, HeldBytes.Hold hold, Executor executor) {
    this.out = out;
    this.content = content;
    this.hold = hold;
    this.executor = executor;
  }

  /**
   * Begins to send a file. The request must already be asynchronous.
   *
   * @param content the file, which is closed at the end
   * @param hold is released at the end
   * @param executor reads the file, one part at a time
   * @return completes when the file has been sent or the client has gone away
   */
  public static CompletableFuture<@Nullable Void> send(
      ServletOutputStream out, InputStream content, HeldBytes.Hold hold, Executor executor) {
    FileOutput output = new FileOutput(out, content, hold, executor);
    hold.add(PART);
    out.setWriteListener(output);
    return output.over.whenComplete((nothing, failure) -> hold.release());
  }

  /** The client has taken the part before. Until a thread has read the next one, nothing is asked of the client. */
  @Override
  public void onWritePossible() {
    hold.suspendPace();
    executor.execute(this::write);
  }

  private void write() {
    try {
      while (!over.isDone()) {
        // Before the question, because the answer may already come on another thread.
        hold.demandPace();
        if (!out.isReady()) {
          return;
        }
        hold.suspendPace();
        byte[] part = content.readNBytes(PART);
        if (part.length == 0) {
          end(null);
          return;
        }
        out.write(part);
        hold.moved(part.length);
      }
    } catch (Throwable e) {
      end(e);
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(cause);
  }

  private void end(@Nullable Throwable cause) {
    try {
      content.close();
    } catch (IOException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
    if (cause == null) {
      over.complete(null);
    } else {
      over.completeExceptionally(cause);
    }
  }
}
