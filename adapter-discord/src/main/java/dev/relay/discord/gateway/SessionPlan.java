package dev.relay.discord.gateway;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import net.dv8tion.jda.api.requests.GatewayIntent;

/**
 * The settings of a session.
 *
 * @param token the bot's token, secret
 * @param apiUrl a base address other than Discord's, ending with a slash
 * @param gatewayUrl a gateway other than Discord's
 * @param sessionFile remembers when sessions began; empty to remember it only while the process runs
 * @param readsThreads true if the bot reads the messages in the threads of the help channel
 */
public record SessionPlan(
    String token,
    Optional<String> apiUrl,
    Optional<String> gatewayUrl,
    Optional<Path> sessionFile,
    boolean readsThreads) {

  /**
   * Returns the intents. Every bot may read the content of direct messages. Messages in the threads of a help channel, which are in a
   * server, need GUILD_MESSAGES, and their content needs MESSAGE_CONTENT, which must be enabled in the Developer Portal. Discord sends
   * servers, channels and threads in any case. The intents of typing show live agents that a customer is typing; in a server it brings the
   * typing in every channel that the bot sees, as GUILD_MESSAGES brings their messages, which is why it is not requested without need. No
   * members, presences or reactions: Relay has nowhere to show them.
   */
  EnumSet<GatewayIntent> intents() {
    return readsThreads
        ? EnumSet.of(
            GatewayIntent.DIRECT_MESSAGES,
            GatewayIntent.DIRECT_MESSAGE_TYPING,
            GatewayIntent.GUILD_MESSAGES,
            GatewayIntent.GUILD_MESSAGE_TYPING,
            GatewayIntent.MESSAGE_CONTENT)
        : EnumSet.of(GatewayIntent.DIRECT_MESSAGES, GatewayIntent.DIRECT_MESSAGE_TYPING);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return "SessionPlan[" + apiUrl + ", " + gatewayUrl + ", " + readsThreads + "]";
  }
}
