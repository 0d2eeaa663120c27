package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.PrivateAnswer;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a chat from a command. It first sends a line to the customer's channel, which shows whether the customer accepts direct messages
 * at all; then it submits the event; then the private answer links to the chat, unless the customer is there already. If the customer
 * cannot be reached, nothing is submitted, because nobody could answer. Thread-safe.
 */
final class ChatOpener {
  private static final Logger LOG = LoggerFactory.getLogger(ChatOpener.class);

  private final CommandContext context;

  ChatOpener(CommandContext context) {
    this.context = context;
  }

  /**
   * Opens the chat. Blocks for some seconds at most.
   *
   * @param firstLine the first line in the customer's channel
   * @param event the event to submit, if any
   * @param words phrases the private answer
   */
  void open(PrivateAnswer answer, String firstLine, Optional<CustomerEvent> event, Phrasing words) {
    if (event.isPresent() && isBlocked(answer)) {
      // The intake refuses the event and returns the end of the customer's block.
      submit(answer, event.get(), words, new CustomerAccess.Failed("blocked"));
      return;
    }
    Caller caller = answer.caller();
    CustomerAccess.Said said = caller
        .customers()
        .say(caller.userId(), caller.locale(), "h" + caller.interactionId(), firstLine);
    if (said instanceof CustomerAccess.Closed closed) {
      answer.show(whyClosed(answer, closed.noThread()) + "\n" + firstLine);
      return;
    }
    if (said instanceof CustomerAccess.Failed failed) {
      LOG.warn(
          "The first line of the chat of interaction {} was not sent: {}",
          answer.interactionId(),
          failed.reason());
    }
    if (event.isPresent()) {
      submit(answer, event.get(), words, said);
    } else {
      show(answer, words.of(Optional.empty(), said instanceof CustomerAccess.Shown), said);
    }
  }

  private String whyClosed(PrivateAnswer answer, CustomerAccess.NoThread noThread) {
    String closed = context.texts().get(answer.locale(), "help.closed");
    return noThread == CustomerAccess.NoThread.NO_HELP_CHANNEL
        ? closed
        : closed + "\n" + context.texts().get(answer.locale(), "help.nothread." + noThread);
  }

  private void submit(
      PrivateAnswer answer, CustomerEvent event, Phrasing words, CustomerAccess.Said said) {
    context
        .replies()
        .submit(
            answer,
            event,
            receipt -> show(
                answer,
                words.of(Optional.of(receipt), said instanceof CustomerAccess.Shown),
                said));
  }

  /** Shows the private answer; not in the customer's own chat, where the first line has said it. */
  private void show(PrivateAnswer answer, String text, CustomerAccess.Said said) {
    if (!(said instanceof CustomerAccess.Shown shown)) {
      answer.show(text);
    } else if (answer.caller().inOwnChat()) {
      answer.discard();
    } else {
      String open = context.texts().get(answer.locale(), "help.open");
      answer.show(text, List.of(Button.link(shown.link(), open)));
    }
  }

  /** The wording of the private answer. */
  interface Phrasing {
    /**
     * Returns the text of the private answer.
     *
     * @param receipt the receipt of the event, if one was submitted
     * @param hasWritten whether the first line is in the customer's channel
     */
    String of(Optional<Receipt> receipt, boolean hasWritten);
  }

  private boolean isBlocked(PrivateAnswer answer) {
    return context
        .relay()
        .store()
        .read(queries -> queries.customer(
            answer.caller().address().channel(),
            answer.caller().origin().profile().externalId()))
        .map(customer -> customer.isBlockedAt(context.clock().instant()))
        .orElse(false);
  }
}
