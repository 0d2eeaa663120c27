package dev.relay.http.traffic;

import dev.relay.core.store.StoreException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;

/**
 * Receives a file without occupying a thread: collects it in a temporary file, which has no name any longer, so that nothing is
 * left behind even if the process is killed.
 */
public final class FileInput implements ReadListener {
  private static final int BUFFER = 64 * 1024;

  private final ServletInputStream in;
  private final Quota quota;
  private final FileChannel file;
  private final CompletableFuture<InputStream> whole = new CompletableFuture<>();

  /** Decides whether more of a file may arrive. */
  public interface Quota {
    /** Counts bytes that have arrived; throws if they are too many, which refuses the file. */
    void count(int bytes);
  }

  private FileInput(ServletInputStream in, Quota quota) throws IOException {
    this.in = in;
    this.quota = quota;
    this.file = temporary();
  }

  /**
   * Begins to receive a file. The request must already be asynchronous.
   *
   * @return completes with the whole file, which the caller closes, or exceptionally with the exception of the quota or of the
   *     connection; a {@link StoreException} if the disk is full
   */
  public static CompletableFuture<InputStream> receive(ServletInputStream in, Quota quota) {
    try {
      FileInput input = new FileInput(in, quota);
      in.setReadListener(input);
      return input.whole;
    } catch (IOException e) {
      throw new StoreException("cannot collect an upload in a temporary file", e);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (!whole.isDone() && in.isReady()) {
      int length = in.read(buffer);
      if (length < 0) {
        return;
      }
      try {
        quota.count(length);
        write(ByteBuffer.wrap(buffer, 0, length));
      } catch (RuntimeException refused) {
        fail(refused);
        return;
      }
    }
  }

  @Override
  public void onAllDataRead() {
    try {
      InputStream content = Channels.newInputStream(file.position(0));
      if (!whole.complete(content)) {
        file.close();
      }
    } catch (IOException e) {
      fail(new StoreException("cannot read back an upload", e));
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(cause);
  }

  private void write(ByteBuffer part) {
    try {
      while (part.hasRemaining()) {
        file.write(part);
      }
    } catch (IOException e) {
      throw new StoreException("cannot collect an upload in a temporary file", e);
    }
  }

  private void fail(Throwable cause) {
    if (whole.completeExceptionally(cause)) {
      try {
        file.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private static FileChannel temporary() throws IOException {
    Path path = Files.createTempFile("relay-upload", ".tmp");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
