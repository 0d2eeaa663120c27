package dev.relay.discord.gateway;

import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.requests.CloseCode;
import org.jspecify.annotations.Nullable;

/** Reasons for which Discord closes the gateway for good, and what to do about them. */
final class FatalClose {
  private static final Map<CloseCode, String> ADVICE = Map.of(
      CloseCode.AUTHENTICATION_FAILED,
      badToken(),
      CloseCode.DISALLOWED_INTENTS,
      "Discord refuses an intent (close code 4014): switch on \"Message Content Intent\" for the bot in the Developer Portal, or"
          + " configure no help channel",
      CloseCode.INVALID_INTENTS,
      "Discord does not know an intent (close code 4013): this version of Relay is too old",
      CloseCode.SHARDING_REQUIRED,
      "the bot is in too many servers for one connection (close code 4011): Relay serves one brand and does not shard");

  private FatalClose() {}

  /** What to fix where Discord does not accept the token. */
  static String badToken() {
    return "Discord does not accept the bot's token (4004 or 401): copy it again from the Developer Portal (Bot, Reset Token) into"
        + " RELAY_DISCORD_TOKEN";
  }

  /** What to fix; empty where the close is none of these. */
  static Optional<String> advice(@Nullable CloseCode code) {
    if (code == null || code.isReconnect()) {
      return Optional.empty();
    }
    return Optional.of(ADVICE.getOrDefault(
        code, "Discord closed the connection for good (close code " + code.getCode() + ")"));
  }
}
