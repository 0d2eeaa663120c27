package dev.relay.discord;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.IntakeResult;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.interactions.Interaction;

/** What an extension of the bot hands in for players, and says to them. Thread-safe. */
public interface PlayerEvents {

  /**
   * The origin of a command, a button or a form: key, address, and what Discord tells of the player with it (name, language, roles
   * in the server where it was used).
   *
   * @param command without a slash, where it was one
   */
  Origin origin(Interaction interaction, Optional<String> command);

  /**
   * Hands an event in after what the same player did before, and again where the intake cannot take it. Does not block; completes on
   * a thread that must not be blocked. Cancelled where the channel is stopped before; {@code Unavailable} where it is not started.
   */
  CompletableFuture<IntakeResult> handIn(CustomerEvent event);

  /**
   * Says something to a player where they are served: in the direct message, or in a private thread of the help channel where they
   * take none. Blocks, some seconds at the most: never on the gateway's thread.
   *
   * @param nonce 1 to 25 characters; what has the same is shown once within some minutes
   * @param text 1 to 2,000 characters of Discord's Markdown
   */
  Said say(long player, Locale locale, String nonce, String text);

  /** What became of something said. */
  sealed interface Said {}

  /**
   * The player sees it.
   *
   * @param link where, as an address that opens in Discord
   */
  record Shown(String link) implements Said {}

  /** The player takes no direct messages, and there is no help channel. */
  record Closed() implements Said {}

  /**
   * It failed.
   *
   * @param reason for the operator
   */
  record Failed(String reason) implements Said {}
}
