package dev.relay.http.access;

import dev.relay.http.web.Problem;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Limits customers' uploads: files per session, bytes per session and bytes in total, so that strangers cannot fill the disk.
 * Thread-safe.
 */
public final class UploadLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ALL = "all";

  private final AttemptLimit files;
  private final AttemptLimit bytesOfSession;
  private final AttemptLimit bytesOfAll;
  private final long mostBytes;
  private final InstantSource clock;

  /**
   * Creates the limits.
   *
   * @param files the files that one session may upload
   * @param bytesPerSession the bytes that one session may upload within an hour
   * @param bytesPerHour the bytes that all sessions together may upload within an hour
   */
  public UploadLimits(
      AttemptLimit files, long bytesPerSession, long bytesPerHour, InstantSource clock) {
    this.files = files;
    this.bytesOfSession = new AttemptLimit(bytesPerSession, HOUR);
    this.bytesOfAll = new AttemptLimit(bytesPerHour, HOUR);
    this.mostBytes = Math.min(bytesPerSession, bytesPerHour);
    this.clock = clock;
  }

  /** Returns the size of the largest file that can be uploaded, in bytes. */
  public long mostBytes() {
    return mostBytes;
  }

  /** Counts one more file of the session; throws a {@link Problem} if there are too many. */
  public void countFile(String session) {
    files.take(session, 1, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("too many files were uploaded in this chat", wait);
    });
  }

  /** Reserves bytes before they arrive; throws a {@link Problem} if there are not that many left. */
  public void reserve(String session, long bytes) {
    bytesOfSession.take(session, bytes, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("the files uploaded in this chat are too large in total", wait);
    });
    bytesOfAll.take(ALL, bytes, clock.instant()).ifPresent(wait -> {
      bytesOfSession.giveBack(session, bytes);
      throw Problem.tooMany("too many uploads at the moment; try again", wait);
    });
  }

  /** Releases reserved bytes that were not stored. */
  public void giveBack(String session, long bytes) {
    bytesOfSession.giveBack(session, bytes);
    bytesOfAll.giveBack(ALL, bytes);
  }
}
