package dev.relay.discord.rest;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that remembers whether a first byte was written, which tells what certainly was not sent from what may
 * have been. Thread-safe.
 */
final class SentBody extends RequestBody {
  private final RequestBody content;
  private final boolean once;
  private volatile boolean written;

  private SentBody(RequestBody content, boolean once) {
    this.content = content;
    this.once = once;
  }

  /** A body whose request may be sent again: doing it twice is harmless. */
  static SentBody repeatable(RequestBody content) {
    return new SentBody(content, false);
  }

  /** A body whose request is sent once and never again by itself. */
  static SentBody once(RequestBody content) {
    return new SentBody(content, true);
  }

  /** Whether files hang on it, which take their time. */
  boolean hasFiles() {
    return content instanceof MultipartBody;
  }

  /** Whether Discord may have seen the request. */
  boolean mayHaveArrived() {
    return written;
  }

  /** Whether the request may be sent (again): not where it is to be sent once and was. */
  boolean isWorthSending() {
    return !(once && written);
  }

  @Override
  public @Nullable MediaType contentType() {
    return content.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return content.contentLength();
  }

  @Override
  public boolean isOneShot() {
    return once;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    written = true;
    content.writeTo(sink);
  }
}
