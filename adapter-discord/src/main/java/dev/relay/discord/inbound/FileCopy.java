package dev.relay.discord.inbound;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.core.store.StoreException;
import dev.relay.discord.inbound.CustomerMessage.IncomingFile;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the files of messages into Relay's store, because Discord's links expire. Streams the content and stores no file that is too big.
 * Blocks while it copies. Thread-safe.
 */
final class FileCopy {
  private static final Logger LOG = LoggerFactory.getLogger(FileCopy.class);
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final OkHttpClient http;
  private final Attachments store;
  private final long maxBytes;
  private final InstantSource clock;
  private final CountDownLatch stopped;

  /**
   * Creates a copier.
   *
   * @param maxBytes the largest file that is copied
   * @param stopped ends all retries when it opens
   */
  FileCopy(
      OkHttpClient http,
      Attachments store,
      long maxBytes,
      InstantSource clock,
      CountDownLatch stopped) {
    this.http = http;
    this.store = store;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.stopped = stopped;
  }

  /** The result for one file. */
  sealed interface Result {}

  /** The file is stored. */
  record Kept(AttachmentRef ref) implements Result {}

  /** The file is larger than allowed. */
  record TooBig() implements Result {}

  /** The content is not available. */
  record Lost() implements Result {}

  /** Copies a file; retries if that may help. */
  Result copy(IncomingFile file, String owner) {
    HttpUrl url = HttpUrl.parse(file.url());
    if (url == null) {
      return new Lost();
    }
    if (file.sizeBytes() > maxBytes) {
      return new TooBig();
    }
    Duration wait = FIRST_WAIT;
    int failures = 0;
    while (true) {
      try {
        return copy(file, url, owner);
      } catch (StoreException unavailable) {
        // The message has to wait for the store anyway.
        LOG.warn("A file cannot be stored yet: {}", unavailable.getClass().getSimpleName());
      } catch (IOException broken) {
        failures++;
        LOG.info(
            "Attempt {} to copy a file failed: {}", failures, broken.getClass().getSimpleName());
      }
      if (failures >= ATTEMPTS || isStopped(wait)) {
        return new Lost();
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private Result copy(IncomingFile file, HttpUrl url, String owner) throws IOException {
    Request request = new Request.Builder().url(url).build();
    try (Response response = http.newCall(request).execute()) {
      if (response.code() >= 500) {
        throw new IOException("the file server answered " + response.code());
      }
      if (!response.isSuccessful()) {
        return new Lost();
      }
      return new Kept(store.keep(
          owner,
          file.name(),
          file.mediaType(),
          response.body().byteStream(),
          maxBytes,
          clock.instant()));
    } catch (AttachmentTooLarge tooLarge) {
      return new TooBig();
    }
  }

  private boolean isStopped(Duration wait) {
    try {
      return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
