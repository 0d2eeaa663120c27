package dev.relay.discord.rest;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that records whether a first byte was written. Without one, the request certainly was not sent. Thread-safe.
 */
final class SentBody extends RequestBody {
  private final RequestBody content;
  private final boolean once;
  private volatile boolean written;

  private SentBody(RequestBody content, boolean once) {
    this.content = content;
    this.once = once;
  }

  /** Returns a body whose request may be sent again, because executing it twice is harmless. */
  static SentBody repeatable(RequestBody content) {
    return new SentBody(content, false);
  }

  /** Returns a body whose request is never sent again automatically. */
  static SentBody once(RequestBody content) {
    return new SentBody(content, true);
  }

  /** Checks whether the body contains files, which take longer. */
  boolean hasFiles() {
    return content instanceof MultipartBody;
  }

  /** Checks whether Discord may have received the request. */
  boolean mayHaveArrived() {
    return written;
  }

  /** Checks whether the request may be sent, or sent again. */
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
