package dev.relay.http;

import java.time.Duration;

/**
 * How often strangers may try something within a time; kept in memory, per instance.
 *
 * @param window the time
 * @param loginFailuresPerAccount failed log-ins of one user name
 * @param loginFailuresPerAddress failed log-ins from one peer address
 * @param chatSessionsPerAddress chat sessions opened from one peer address; the loopback address is not counted, because
 *     there it says nothing about who asks: it is the operator, or a proxy that is not declared as trusted
 * @param uploadsPerSession files uploaded in one chat session
 */
public record AccessLimits(
    Duration window,
    int loginFailuresPerAccount,
    int loginFailuresPerAddress,
    int chatSessionsPerAddress,
    int uploadsPerSession) {
  /** In 15 minutes: 10 failures per account, 100 per address, 200 chat sessions, 60 files. */
  public static final AccessLimits DEFAULT =
      new AccessLimits(Duration.ofMinutes(15), 10, 100, 200, 60);
}
