package dev.relay.discord.gateway;

import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.requests.CloseCode;
import org.jspecify.annotations.Nullable;

/** The close codes with which Discord closes the gateway permanently, and what to do about them. */
final class FatalClose {
  private static final Map<CloseCode, String> ADVICE = Map.of(
      CloseCode.AUTHENTICATION_FAILED,
      badToken(),
      CloseCode.DISALLOWED_INTENTS,
      "Discord refuses an intent (close code 4014): enable \"Message Content Intent\" for the bot in the Developer Portal, or"
          + " remove the help channel from the configuration",
      CloseCode.INVALID_INTENTS,
      "Discord does not support a requested intent (close code 4013): this version of Relay is too old",
      CloseCode.SHARDING_REQUIRED,
      "the bot is in too many servers for one connection (close code 4011): Relay serves one brand and does not shard");

  private FatalClose() {}

  /** Returns what to fix if Discord does not accept the token. */
  static String badToken() {
    return "Discord does not accept the bot's token (4004 or 401): copy it again from the Developer Portal (Bot, Reset Token) into"
        + " RELAY_DISCORD_TOKEN";
  }

  /** Returns what to fix; empty if a close code is not permanent. */
  static Optional<String> advice(@Nullable CloseCode code) {
    if (code == null || code.isReconnect()) {
      return Optional.empty();
    }
    return Optional.of(ADVICE.getOrDefault(
        code, "Discord closed the connection permanently (close code " + code.getCode() + ")"));
  }
}
