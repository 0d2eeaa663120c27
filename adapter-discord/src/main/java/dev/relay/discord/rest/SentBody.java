package dev.relay.discord.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that remembers what became of it: whether a first byte was written, which tells what certainly was not
 * sent from what may have been, and how long Discord asked to wait. Thread-safe.
 */
final class SentBody extends RequestBody {
  private final RequestBody content;
  private final boolean once;
  private volatile boolean written;
  private volatile @Nullable Duration wish;

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
    return written && wish == null;
  }

  /** Whether the request is worth trying (again): not where Discord asked to wait, nor where it is to be sent once. */
  boolean isWorthSending() {
    return wish == null && !(once && written);
  }

  /** Discord answered that it did nothing and that it is to be asked again after that time. */
  void wasAskedToWait(Duration duration) {
    wish = duration;
  }

  Optional<Duration> wish() {
    return Optional.ofNullable(wish);
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
