package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.PrivateAnswer;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a chat from a command. It first sends a line to the customer's channel, which shows whether the customer accepts direct messages
 * at all; then it submits the event; then the private answer links to the chat. If the customer cannot be reached, nothing is submitted,
 * because nobody could answer. Thread-safe.
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
   * @param words phrases the private answer from the receipt and the address of the chat
   */
  void open(
      PrivateAnswer answer,
      String firstLine,
      Optional<CustomerEvent> event,
      BiFunction<Optional<Receipt>, String, String> words) {
    if (event.isPresent() && isBlocked(answer)) {
      // The intake refuses the event and returns the end of the customer's block.
      submit(answer, event.get(), "", words);
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
    String link = said instanceof CustomerAccess.Shown shown
        ? shown.link()
        : context.texts().get(answer.locale(), "help.nolink");
    if (event.isPresent()) {
      submit(answer, event.get(), link, words);
    } else {
      answer.show(words.apply(Optional.empty(), link));
    }
  }

  private String whyClosed(PrivateAnswer answer, CustomerAccess.NoThread noThread) {
    String closed = context.texts().get(answer.locale(), "help.closed");
    return noThread == CustomerAccess.NoThread.NO_HELP_CHANNEL
        ? closed
        : closed + "\n" + context.texts().get(answer.locale(), "help.nothread." + noThread);
  }

  private void submit(
      PrivateAnswer answer,
      CustomerEvent event,
      String link,
      BiFunction<Optional<Receipt>, String, String> words) {
    context
        .replies()
        .submit(answer, event, receipt -> answer.show(words.apply(Optional.of(receipt), link)));
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
