package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.http.AccessLimits;
import java.time.Duration;

/** The limits for anonymous visitors and failed log-ins. */
final class LimitsSection extends Section<AccessLimits> {
  private static final long MIB = 1024 * 1024;

  private final Setting<Duration> window = setting(
      "limits.window",
      duration(Duration.ofSeconds(1), Duration.ofDays(1)),
      AccessLimits.DEFAULT.window(),
      "Period over which log-in failures, chat sessions and files are counted.");
  private final Setting<Integer> loginFailuresPerAccount = setting(
      "limits.loginFailuresPerAccount",
      integer(1, 10_000),
      AccessLimits.DEFAULT.loginFailuresPerAccount(),
      "Failed log-ins per user name and address before delays of 30s to limits.window begin.");
  private final Setting<Integer> loginFailuresPerAddress = setting(
      "limits.loginFailuresPerAddress",
      integer(1, 100_000),
      AccessLimits.DEFAULT.loginFailuresPerAddress(),
      "Failed log-ins per address before the address has to wait.");
  private final Setting<Integer> chatSessionsPerAddress = setting(
      "limits.chatSessionsPerAddress",
      integer(1, 1_000_000),
      AccessLimits.DEFAULT.chatSessionsPerAddress(),
      "New chat sessions per address. Behind a proxy, set http.trustedProxies: otherwise all customers share one.");
  private final Setting<Integer> uploadsPerSession = setting(
      "limits.uploadsPerSession",
      integer(1, 100_000),
      AccessLimits.DEFAULT.uploadsPerSession(),
      "Files uploaded per chat session.");
  private final Setting<Integer> uploadMegabytesPerSession = setting(
      "limits.uploadMegabytesPerSession",
      integer(1, 1_000_000),
      (int) (AccessLimits.DEFAULT.uploadBytesPerSession() / MIB),
      "Megabytes of files uploaded per chat session and hour.");
  private final Setting<Integer> uploadMegabytesPerHour = setting(
      "limits.uploadMegabytesPerHour",
      integer(1, 1_000_000),
      (int) (AccessLimits.DEFAULT.uploadBytesPerHour() / MIB),
      "Megabytes of files uploaded by all chat sessions together per hour.");
  private final Setting<Integer> messagesAtOnce = setting(
      "limits.messagesAtOnce",
      integer(1, 1_000_000),
      AccessLimits.DEFAULT.messagesAtOnce(),
      "Messages, edits and button presses that a chat session may send at once.");
  private final Setting<Integer> messagesPerMinute = setting(
      "limits.messagesPerMinute",
      integer(1, 1_000_000),
      AccessLimits.DEFAULT.messagesPerMinute(),
      "How fast that allowance refills, in messages per minute.");

  @Override
  public AccessLimits read(Values values) {
    return new AccessLimits(
        values.get(window),
        values.get(loginFailuresPerAccount),
        values.get(loginFailuresPerAddress),
        values.get(chatSessionsPerAddress),
        values.get(uploadsPerSession),
        MIB * values.get(uploadMegabytesPerSession),
        MIB * values.get(uploadMegabytesPerHour),
        values.get(messagesAtOnce),
        values.get(messagesPerMinute));
  }
}
