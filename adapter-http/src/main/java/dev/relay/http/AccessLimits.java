package dev.relay.http;

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
    int messagesPerMinute) {
  private static final long MIB = 1024 * 1024;

  /**
   * Within 15 minutes: 10 failures per account, 100 per address, 500 chat sessions, 60 files. Within an hour: 100 MiB of files
   * per session and 1 GiB in total. 100 messages at once and one per second: more than people write, and little enough for a
   * disk.
   */
  public static final AccessLimits DEFAULT =
      new AccessLimits(Duration.ofMinutes(15), 10, 100, 500, 60, 100 * MIB, 1024 * MIB, 100, 60);

  /** Returns a copy with other limits for log-ins and chat sessions within the window. */
  public AccessLimits withAttempts(
      int failuresPerAccount, int failuresPerAddress, int sessionsPerAddress) {
    return new AccessLimits(
        window,
        failuresPerAccount,
        failuresPerAddress,
        sessionsPerAddress,
        uploadsPerSession,
        uploadBytesPerSession,
        uploadBytesPerHour,
        messagesAtOnce,
        messagesPerMinute);
  }

  /** Returns a copy with other limits for uploads. */
  public AccessLimits withUploads(int perSession, long bytesPerSession, long bytesPerHour) {
    return new AccessLimits(
        window,
        loginFailuresPerAccount,
        loginFailuresPerAddress,
        chatSessionsPerAddress,
        perSession,
        bytesPerSession,
        bytesPerHour,
        messagesAtOnce,
        messagesPerMinute);
  }

  /** Returns a copy with another pace for customers' messages. */
  public AccessLimits withMessages(int atOnce, int perMinute) {
    return new AccessLimits(
        window,
        loginFailuresPerAccount,
        loginFailuresPerAddress,
        chatSessionsPerAddress,
        uploadsPerSession,
        uploadBytesPerSession,
        uploadBytesPerHour,
        atOnce,
        perMinute);
  }
}
