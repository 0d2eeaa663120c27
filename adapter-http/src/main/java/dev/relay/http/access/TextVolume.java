package dev.relay.http.access;

import dev.relay.http.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Limits the bytes of text that customers store within an hour, per address and in total: conversations are kept, so that
 * strangers could fill the disk. Thread-safe.
 */
public final class TextVolume {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ALL = "all";
  /** What a stored entry takes on disk besides its text, in bytes; measured with SQLite. */
  public static final int BYTES_PER_ENTRY = 256;

  private final AttemptLimit ofAddress;
  private final AttemptLimit ofAll;
  private final InstantSource clock;

  /**
   * Creates the limits.
   *
   * @param bytesPerAddress the bytes that one address may store within an hour
   * @param bytesPerHour the bytes that all addresses together may store within an hour
   */
  public TextVolume(long bytesPerAddress, long bytesPerHour, InstantSource clock) {
    this.ofAddress = new AttemptLimit(bytesPerAddress, HOUR);
    this.ofAll = new AttemptLimit(bytesPerHour, HOUR);
    this.clock = clock;
  }

  /** Counts one entry before it is stored; throws a {@link Problem} with status 429 if there is no room for it. */
  public void count(String peer, int textBytes) {
    long bytes = (long) BYTES_PER_ENTRY + textBytes;
    Instant now = clock.instant();
    ofAddress.take(peer, bytes, now).ifPresent(wait -> {
      throw Problem.tooMany("too much text was sent from your address; try again later", wait);
    });
    ofAll.take(ALL, bytes, now).ifPresent(wait -> {
      ofAddress.giveBack(peer, bytes);
      throw Problem.tooMany("too much text is being sent at the moment; try again later", wait);
    });
  }
}
