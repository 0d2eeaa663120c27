package dev.relay.http.access;

import dev.relay.http.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Limits customers' uploads: files per session, bytes per session and bytes in total, so that strangers cannot fill the disk.
 * Thread-safe.
 */
public final class UploadLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ALL = "all";

  private final AttemptLimit files;
  private final AttemptLimit bytesOfSession;
  private final AttemptLimit bytesOfAddress;
  private final AttemptLimit bytesOfAll;
  private final long mostBytes;
  private final InstantSource clock;

  /**
   * Creates the limits.
   *
   * @param files the files that one session may upload
   * @param bytesPerSession the bytes that one session may upload within an hour
   * @param bytesPerAddress the bytes that the sessions of one address may upload within an hour
   * @param bytesPerHour the bytes that all sessions together may upload within an hour
   */
  public UploadLimits(
      AttemptLimit files,
      long bytesPerSession,
      long bytesPerAddress,
      long bytesPerHour,
      InstantSource clock) {
    this.files = files;
    this.bytesOfSession = new AttemptLimit(bytesPerSession, HOUR);
    this.bytesOfAddress = new AttemptLimit(bytesPerAddress, HOUR);
    this.bytesOfAll = new AttemptLimit(bytesPerHour, HOUR);
    this.mostBytes = Math.min(bytesPerSession, Math.min(bytesPerAddress, bytesPerHour));
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

  /** Throws a {@link Problem} if that many bytes are not left. */
  public void requireRoom(String session, String peer, long bytes) {
    take(session, peer, bytes);
    giveBack(session, peer, bytes);
  }

  private void take(String session, String peer, long bytes) {
    Instant now = clock.instant();
    bytesOfSession.take(session, bytes, now).ifPresent(wait -> {
      throw Problem.tooMany("the files uploaded in this chat are too large in total", wait);
    });
    bytesOfAddress.take(peer, bytes, now).ifPresent(wait -> {
      bytesOfSession.giveBack(session, bytes);
      throw Problem.tooMany("the files uploaded from your address are too large in total", wait);
    });
    bytesOfAll.take(ALL, bytes, now).ifPresent(wait -> {
      bytesOfSession.giveBack(session, bytes);
      bytesOfAddress.giveBack(peer, bytes);
      throw Problem.tooMany("too many uploads at the moment; try again", wait);
    });
  }

  private void giveBack(String session, String peer, long bytes) {
    bytesOfSession.giveBack(session, bytes);
    bytesOfAddress.giveBack(peer, bytes);
    bytesOfAll.giveBack(ALL, bytes);
  }

  /** One file on its way. Used by one thread at a time. */
  public static final class Upload {
    /** A file of an agent, which is not limited. */
    public static final Upload UNLIMITED = new Upload();

    private final Optional<UploadLimits> limits;
    private final String session;
    private final String peer;
    private long counted;
    private boolean stored;

    private Upload() {
      this.limits = Optional.empty();
      this.session = "";
      this.peer = "";
    }

    /** Begins to count a file of a chat session, sent from an address. */
    public Upload(UploadLimits limits, String session, String peer) {
      this.limits = Optional.of(limits);
      this.session = session;
      this.peer = peer;
    }

    /** Counts bytes that have arrived; throws a {@link Problem} if they are too many. */
    public void count(long bytes) {
      if (limits.isPresent()) {
        limits.get().take(session, peer, bytes);
        counted += bytes;
      }
    }

    /** Records that the file has been stored, so that its bytes keep counting. */
    public void stored() {
      stored = true;
    }

    /** Releases the bytes of a file that was not stored. */
    public void over() {
      if (limits.isPresent() && !stored) {
        limits.get().giveBack(session, peer, counted);
        counted = 0;
      }
    }
  }
}
