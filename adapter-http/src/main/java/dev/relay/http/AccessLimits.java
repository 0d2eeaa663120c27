package dev.relay.http;

import java.time.Duration;

/**
 * How often strangers may try something within a time; kept in memory, per instance.
 *
 * @param window the time
 * @param loginFailuresPerAccount failed log-ins of one user name from one address, which are free; after each further one that
 *     address waits twice as long, at the most the window
 * @param loginFailuresPerAddress failed log-ins from one peer address
 * @param chatSessionsPerAddress chat sessions opened from one peer address; behind a proxy that is not declared as trusted
 *     everybody has the proxy's
 * @param uploadsPerSession files uploaded in one chat session
 * @param uploadBytesPerSession bytes of files that one chat session may have kept within an hour
 * @param uploadBytesPerHour bytes of files that all chat sessions together may have kept within an hour
 * @param messagesAtOnce messages, edits and button presses of one chat session that are taken without a pause
 * @param messagesPerMinute how many of these come back per minute; also the pace of whoever never pauses
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
   * In 15 minutes: 10 failures per account, 100 per address, 500 chat sessions, 60 files. In an hour 100 MiB of files per
   * session and 1 GiB in all. 100 messages at once and one per second: more than people write, little enough for a disk.
   */
  public static final AccessLimits DEFAULT =
      new AccessLimits(Duration.ofMinutes(15), 10, 100, 500, 60, 100 * MIB, 1024 * MIB, 100, 60);

  /** The same with other limits for log-ins and chat sessions within the window. */
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

  /** The same with other limits for what customers upload. */
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

  /** The same with another pace for customers' messages. */
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
