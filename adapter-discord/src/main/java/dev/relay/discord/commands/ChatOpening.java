package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.Receipt;
import dev.relay.discord.PlayerEvents;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a chat from a command: a first line where the player is served, which finds out whether they take direct messages at all,
 * then the event, then the private answer that leads there. Where there is no way to the player nothing is handed in: they could not
 * be answered. Thread-safe.
 */
final class ChatOpening {
  private static final Logger LOG = LoggerFactory.getLogger(ChatOpening.class);

  private final Surroundings surroundings;

  ChatOpening(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Opens the chat; blocks some seconds at the most.
   *
   * @param firstLine what is said where the player is served
   * @param event what is handed in, if anything
   * @param words what the private answer says, from the receipt and the chat's address
   */
  void open(
      PrivateAnswer answer,
      String firstLine,
      Optional<CustomerEvent> event,
      BiFunction<Optional<Receipt>, String, String> words) {
    if (event.isPresent() && isBlocked(answer)) {
      // The intake says until when.
      submit(answer, event.get(), "", words);
      return;
    }
    PlayerEvents.Said said = answer.caller().say(firstLine);
    if (said instanceof PlayerEvents.Closed) {
      answer.show(surroundings.texts().get(answer.locale(), "help.closed") + "\n" + firstLine);
      return;
    }
    if (said instanceof PlayerEvents.Failed failed) {
      LOG.warn("The chat of interaction {}: {}", answer.interactionId(), failed.reason());
    }
    String link = said instanceof PlayerEvents.Shown shown
        ? shown.link()
        : surroundings.texts().get(answer.locale(), "help.nolink");
    if (event.isPresent()) {
      submit(answer, event.get(), link, words);
    } else {
      answer.show(words.apply(Optional.empty(), link));
    }
  }

  private void submit(
      PrivateAnswer answer,
      CustomerEvent event,
      String link,
      BiFunction<Optional<Receipt>, String, String> words) {
    surroundings
        .submissions()
        .submit(answer, event, receipt -> answer.show(words.apply(Optional.of(receipt), link)));
  }

  private boolean isBlocked(PrivateAnswer answer) {
    return surroundings
        .relay()
        .store()
        .read(queries -> queries.customer(
            answer.caller().address().channel(),
            answer.caller().origin().profile().externalId()))
        .map(customer -> customer.isBlockedAt(surroundings.clock().instant()))
        .orElse(false);
  }
}
