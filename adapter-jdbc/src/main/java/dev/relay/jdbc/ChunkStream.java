package dev.relay.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads chunk after chunk, each by a query of its own: a slow reader holds nothing but one chunk. Not thread-safe. */
final class ChunkStream extends InputStream {
  private final IntFunction<Optional<byte[]>> chunks;
  private byte[] current = new byte[0];
  private int position;
  private int next;
  private boolean closed;

  ChunkStream(IntFunction<Optional<byte[]>> chunks) {
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    return prepare() ? current[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!prepare()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean prepare() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (position < current.length) {
      return true;
    }
    Optional<byte[]> chunk = chunks.apply(next++);
    current = chunk.orElse(new byte[0]);
    position = 0;
    return current.length > 0;
  }

  @Override
  public void close() {
    closed = true;
    current = new byte[0];
  }
}
