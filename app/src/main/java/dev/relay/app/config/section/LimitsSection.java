package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.http.AccessLimits;
import dev.relay.http.AccessLimits.Shares;
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

  private final Setting<Integer> uploadMegabytesPerAddress = setting(
      "limits.uploadMegabytesPerAddress",
      integer(1, 1_000_000),
      (int) (Shares.DEFAULT.uploadBytesPerAddress() / MIB),
      "Megabytes of files uploaded by all chat sessions of an address per hour.");
  private final Setting<Integer> textMegabytesPerAddress = setting(
      "limits.textMegabytesPerAddress",
      integer(1, 1_000_000),
      (int) (Shares.DEFAULT.textBytesPerAddress() / MIB),
      "Megabytes of text sent by all chat sessions of an address per hour.");
  private final Setting<Integer> textMegabytesPerHour = setting(
      "limits.textMegabytesPerHour",
      integer(1, 1_000_000),
      (int) (Shares.DEFAULT.textBytesPerHour() / MIB),
      "Megabytes of text sent by all chat sessions together per hour.");
  private final Setting<Integer> streamsPerAddress = setting(
      "limits.streamsPerAddress",
      integer(1, 1_000_000),
      Shares.DEFAULT.streamsPerAddress(),
      "Open chat pages (event streams) per address.");
  private final Setting<Integer> readsAtOnce = setting(
      "limits.readsAtOnce",
      integer(1, 1_000_000),
      Shares.DEFAULT.readsAtOnce(),
      "Reading requests, such as downloads, that a chat session may send at once.");
  private final Setting<Integer> readsPerMinute = setting(
      "limits.readsPerMinute",
      integer(1, 1_000_000),
      Shares.DEFAULT.readsPerMinute(),
      "How fast that allowance refills, in requests per minute.");

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
        values.get(messagesPerMinute),
        new Shares(
            MIB * values.get(uploadMegabytesPerAddress),
            MIB * values.get(textMegabytesPerAddress),
            MIB * values.get(textMegabytesPerHour),
            values.get(streamsPerAddress),
            values.get(readsAtOnce),
            values.get(readsPerMinute)));
  }
}
