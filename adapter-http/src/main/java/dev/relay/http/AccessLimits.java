package dev.relay.http;

import dev.relay.http.access.TextVolume;
import java.time.Duration;

/**
 * Limits on what strangers may try. Counted in memory, per instance.
 *
 * @param window the time within which attempts are counted
 * @param loginFailuresPerAccount failed log-ins of one address at one user name that cause no wait; after each further one that
 *     address waits twice as long, at most the window
 * @param loginFailuresPerAddress failed log-ins of one peer address
 * @param chatSessionsPerAddress chat sessions opened by one peer address; behind a proxy that is not declared as trusted, all
 *     clients share the proxy's address
 * @param uploadsPerSession files uploaded in one chat session
 * @param uploadBytesPerSession bytes of files that one chat session may store within an hour
 * @param uploadBytesPerHour bytes of files that all chat sessions together may store within an hour
 * @param messagesAtOnce messages, edits and button presses that one chat session may send without a pause
 * @param messagesPerMinute how fast that allowance refills, in messages per minute
 * @param shares the limits of one address and of all addresses together
 */
public record AccessLimits(
    Duration window,
    int loginFailuresPerAccount,
    int loginFailuresPerAddress,
    int chatSessionsPerAddress,
    int uploadsPerSession,
    long uploadBytesPerSession,
    long uploadBytesPerHour,
    int messagesAtOnce,
    int messagesPerMinute,
    Shares shares) {
  private static final long MIB = 1024 * 1024;

  /**
   * Within 15 minutes: 10 failures per account, 100 per address, 500 chat sessions, 60 files. Within an hour: 100 MiB of files
   * per session and 1 GiB in total. 100 messages at once and one per second: more than people write, and little enough for a
   * disk.
   */
  public static final AccessLimits DEFAULT = new AccessLimits(
      Duration.ofMinutes(15), 10, 100, 500, 60, 100 * MIB, 1024 * MIB, 100, 60, Shares.DEFAULT);

  /** Returns a copy with other limits for log-ins and chat sessions within the window. */
  public AccessLimits withAttempts(
      int failuresPerAccount, int failuresPerAddress, int sessionsPerAddress) {
    Copy copy = new Copy(this);
    copy.loginFailuresPerAccount = failuresPerAccount;
    copy.loginFailuresPerAddress = failuresPerAddress;
    copy.chatSessionsPerAddress = sessionsPerAddress;
    return copy.made();
  }

  /** Returns a copy with other limits for uploads. */
  public AccessLimits withUploads(int perSession, long bytesPerSession, long bytesPerHour) {
    Copy copy = new Copy(this);
    copy.uploadsPerSession = perSession;
    copy.uploadBytesPerSession = bytesPerSession;
    copy.uploadBytesPerHour = bytesPerHour;
    return copy.made();
  }

  /** Returns a copy with another pace for customers' messages. */
  public AccessLimits withMessages(int atOnce, int perMinute) {
    Copy copy = new Copy(this);
    copy.messagesAtOnce = atOnce;
    copy.messagesPerMinute = perMinute;
    return copy.made();
  }

  /** Returns a copy with other limits for one address and for all addresses together. */
  public AccessLimits withShares(Shares newShares) {
    Copy copy = new Copy(this);
    copy.shares = newShares;
    return copy.made();
  }

  /** A copy in the making: the limits that can change, by name. */
  private static final class Copy {
    private final Duration window;
    private int loginFailuresPerAccount;
    private int loginFailuresPerAddress;
    private int chatSessionsPerAddress;
    private int uploadsPerSession;
    private long uploadBytesPerSession;
    private long uploadBytesPerHour;
    private int messagesAtOnce;
    private int messagesPerMinute;
    private Shares shares;

    private Copy(AccessLimits original) {
      this.window = original.window;
      this.loginFailuresPerAccount = original.loginFailuresPerAccount;
      this.loginFailuresPerAddress = original.loginFailuresPerAddress;
      this.chatSessionsPerAddress = original.chatSessionsPerAddress;
      this.uploadsPerSession = original.uploadsPerSession;
      this.uploadBytesPerSession = original.uploadBytesPerSession;
      this.uploadBytesPerHour = original.uploadBytesPerHour;
      this.messagesAtOnce = original.messagesAtOnce;
      this.messagesPerMinute = original.messagesPerMinute;
      this.shares = original.shares;
    }

    private AccessLimits made() {
      return new AccessLimits(
          window,
          loginFailuresPerAccount,
          loginFailuresPerAddress,
          chatSessionsPerAddress,
          uploadsPerSession,
          uploadBytesPerSession,
          uploadBytesPerHour,
          messagesAtOnce,
          messagesPerMinute,
          shares);
    }
  }

  /**
   * What customers may use in volume, so that strangers fill neither the disk nor the server's time. An IPv6 address counts with
   * its /64 network.
   *
   * @param uploadBytesPerAddress bytes of files that the chat sessions of one address may store within an hour
   * @param textBytesPerAddress bytes of text that the chat sessions of one address may store within an hour; each message,
   *     edit, deletion, button press and new session counts with {@value #BYTES_PER_ENTRY} bytes more, which it costs on disk
   * @param textBytesPerHour the same for all addresses together
   * @param streamsPerAddress event streams of customers that one address may have open
   * @param readsAtOnce reading requests that one chat session may send without a pause
   * @param readsPerMinute how fast that allowance refills, in requests per minute
   */
  public record Shares(
      long uploadBytesPerAddress,
      long textBytesPerAddress,
      long textBytesPerHour,
      int streamsPerAddress,
      int readsAtOnce,
      int readsPerMinute) {
    /** What a stored entry takes on disk besides its text, in bytes; measured with SQLite. */
    public static final int BYTES_PER_ENTRY = TextVolume.BYTES_PER_ENTRY;

    /**
     * Within an hour: 512 MiB of files and 32 MiB of text per address, 256 MiB of text in total. 1,000 event streams per address.
     * 300 reading requests at once and 300 per minute: a page that opens a long chat with many pictures needs fewer.
     */
    public static final Shares DEFAULT =
        new Shares(512 * MIB, 32 * MIB, 256 * MIB, 1_000, 300, 300);

    /** Returns a copy with other limits for text, in bytes per hour. */
    public Shares withText(long bytesPerAddress, long bytesPerHour) {
      SharesCopy copy = new SharesCopy(this);
      copy.textBytesPerAddress = bytesPerAddress;
      copy.textBytesPerHour = bytesPerHour;
      return copy.made();
    }

    /** Returns a copy with another limit for files, in bytes per hour. */
    public Shares withUploads(long bytesPerAddress) {
      SharesCopy copy = new SharesCopy(this);
      copy.uploadBytesPerAddress = bytesPerAddress;
      return copy.made();
    }

    /** Returns a copy with another number of event streams. */
    public Shares withStreams(int perAddress) {
      SharesCopy copy = new SharesCopy(this);
      copy.streamsPerAddress = perAddress;
      return copy.made();
    }

    /** Returns a copy with another pace for reading requests. */
    public Shares withReads(int atOnce, int perMinute) {
      SharesCopy copy = new SharesCopy(this);
      copy.readsAtOnce = atOnce;
      copy.readsPerMinute = perMinute;
      return copy.made();
    }

    /** A copy in the making: the shares by name. */
    private static final class SharesCopy {
      private long uploadBytesPerAddress;
      private long textBytesPerAddress;
      private long textBytesPerHour;
      private int streamsPerAddress;
      private int readsAtOnce;
      private int readsPerMinute;

      private SharesCopy(Shares original) {
        this.uploadBytesPerAddress = original.uploadBytesPerAddress;
        this.textBytesPerAddress = original.textBytesPerAddress;
        this.textBytesPerHour = original.textBytesPerHour;
        this.streamsPerAddress = original.streamsPerAddress;
        this.readsAtOnce = original.readsAtOnce;
        this.readsPerMinute = original.readsPerMinute;
      }

      private Shares made() {
        return new Shares(
            uploadBytesPerAddress,
            textBytesPerAddress,
            textBytesPerHour,
            streamsPerAddress,
            readsAtOnce,
            readsPerMinute);
      }
    }
  }
}
