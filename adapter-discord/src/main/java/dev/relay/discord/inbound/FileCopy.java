package dev.relay.discord.inbound;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.core.store.StoreException;
import dev.relay.discord.inbound.PlayerMessage.IncomingFile;
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
 * Copies what hangs on messages into Relay's store, because Discord's links expire. Streams; keeps nothing that is too big. Blocks
 * while it copies. Thread-safe.
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

  /** Gives up when the latch opens. */
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

  /** What became of a file. */
  sealed interface Result {}

  /** It is kept. */
  record Kept(AttachmentRef ref) implements Result {}

  /** It has more bytes than are allowed. */
  record TooBig() implements Result {}

  /** Its content cannot be had. */
  record Lost() implements Result {}

  /** Copies a file; tries again where that may help. */
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
      } catch (StoreException storeIsAway) {
        // The message waits for the store anyway, and its file with it.
        LOG.warn("A file waits for the store: {}", storeIsAway.getClass().getSimpleName());
      } catch (IOException broken) {
        failures++;
        LOG.info(
            "A file could not be copied at attempt {}: {}",
            failures,
            broken.getClass().getSimpleName());
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
