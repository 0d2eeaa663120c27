package dev.relay.http.traffic;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Content that a thread of its own writes while it is read, so that it is never held as a whole. It may be read by one thread after the
 * other. If the writer fails, so does the read after the last byte.
 */
public final class WrittenContent extends FilterInputStream {
  /** Set before the end of the content can be read. */
  private volatile @Nullable Throwable failure;

  private WrittenContent(InputStream in) {
    super(in);
  }

  /** Writes content. */
  public interface Writer {
    /**
     * Writes all of it. The caller closes the stream.
     *
     * @throws IOException if the reader has closed the content and needs no more of it
     */
    void write(OutputStream target) throws IOException;
  }

  /**
   * Begins to write. The writer waits while it is a pipe's length ahead of the reader.
   *
   * @param thread the name of the writer's thread
   */
  public static InputStream of(String thread, Writer writer) throws IOException {
    // PipedInputStream gives up when the thread that has read last ends, as threads of a pool do
    // while a client pauses.
    Pipe pipe = Pipe.open();
    WrittenContent content = new WrittenContent(Channels.newInputStream(pipe.source()));
    Thread work = new Thread(() -> content.write(writer, pipe.sink()), thread);
    work.setDaemon(true);
    work.start();
    return content;
  }

  private void write(Writer writer, Pipe.SinkChannel sink) {
    try (OutputStream target = Channels.newOutputStream(sink)) {
      try {
        writer.write(target);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    } catch (IOException e) {
      // The reader has gone, and knows why.
    }
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] part, int offset, int length) throws IOException {
    return checked(super.read(part, offset, length));
  }

  private int checked(int read) {
    if (read < 0 && failure instanceof RuntimeException defect) {
      throw defect;
    }
    if (read < 0 && failure instanceof Error error) {
      throw error;
    }
    return read;
  }
}
