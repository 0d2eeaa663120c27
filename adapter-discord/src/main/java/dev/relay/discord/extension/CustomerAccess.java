package dev.relay.discord.extension;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.IntakeResult;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.interactions.Interaction;

/** The way of an extension of the bot to customers: submits their events and sends them messages. Thread-safe. */
public interface CustomerAccess {

  /**
   * Returns the origin of a command, a button press or a form: event key, address and the profile that Discord sends with it (name,
   * language, and roles in the server where it was used).
   *
   * @param command the command's name without a slash; empty for buttons and forms
   */
  Origin origin(Interaction interaction, Optional<String> command);

  /**
   * Submits an event after the same customer's earlier events, and resubmits it until the intake accepts or refuses it. Does not
   * block. The future completes on a thread that must not be blocked; it is cancelled if the channel stops first, and completes with
   * {@code Unavailable} if the channel has not been started.
   */
  CompletableFuture<IntakeResult> submit(CustomerEvent event);

  /**
   * Sends a message to the channel in which the customer is served: the direct message, or a private thread of the help channel if
   * the customer does not accept direct messages. Blocks for some seconds at most, so never call it on the gateway's thread.
   *
   * @param nonce 1 to 25 characters; Discord shows messages of the same nonce once within some minutes
   * @param text 1 to 2,000 characters of Discord's Markdown
   */
  Said say(long customer, Locale locale, String nonce, String text);

  /** The outcome of {@link #say}. */
  sealed interface Said {}

  /**
   * The customer can see the message.
   *
   * @param link the address of the channel, which opens in Discord
   */
  record Shown(String link) implements Said {}

  /**
   * The customer does not accept direct messages, and there is no private thread for them either.
   *
   * @param noThread the reason why there is no thread
   */
  record Closed(NoThread noThread) implements Said {}

  /** The reason why a customer has no private thread in the help channel. */
  enum NoThread {
    /** No help channel is configured. */
    NO_HELP_CHANNEL,
    /** The server has as many active threads as Discord allows. */
    TOO_MANY_THREADS,
    /** The bot lacks a permission in the help channel. */
    NO_PERMISSION,
    /** The help channel no longer exists. */
    HELP_CHANNEL_GONE,
    /** The customer is not in the server of the help channel. */
    NOT_A_MEMBER,
    /** Discord refused the thread for another reason, or did not answer. */
    REFUSED
  }

  /**
   * The request failed.
   *
   * @param reason the cause, for the operator
   */
  record Failed(String reason) implements Said {}
}
