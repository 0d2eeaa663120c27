package dev.relay.discord.setup;

import dev.relay.discord.commands.EntryButtons;
import dev.relay.discord.text.CommandTexts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageType;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The welcome messages with buttons in a server's channels. They are pinned, and recognised by their buttons. Blocks. */
final class WelcomeMessages {
  private static final Logger LOG = LoggerFactory.getLogger(WelcomeMessages.class);
  private static final int CHECKED = 100;
  private static final int AFTER_PIN = 10;

  private final CommandTexts texts;
  private final EntryButtons buttons;
  private final Locale locale;

  WelcomeMessages(CommandTexts texts, Locale locale) {
    this.texts = texts;
    this.buttons = new EntryButtons(texts);
    this.locale = locale;
  }

  /** Checks whether this bot's welcome message is among the pinned, the first or the last messages. */
  boolean isIn(StandardGuildMessageChannel channel) {
    return channel.retrievePinnedMessages().complete().stream()
            .anyMatch(pinned -> isWelcome(pinned.getMessage()))
        || Stream.concat(
                channel.getHistoryFromBeginning(CHECKED).complete().getRetrievedHistory().stream(),
                channel.getHistory().retrievePast(CHECKED).complete().stream())
            .anyMatch(WelcomeMessages::isWelcome);
  }

  private static boolean isWelcome(Message message) {
    return message.getAuthor().getIdLong() == message.getJDA().getSelfUser().getIdLong()
        && message.getComponentTree().findAll(Button.class).stream()
            .map(Button::getCustomId)
            .anyMatch(id -> id != null && EntryButtons.isEntry(id));
  }

  /** Posts and pins a welcome message. */
  void post(StandardGuildMessageChannel channel, ServerChannel place) {
    Message message = channel
        .sendMessage(texts.get(locale, "setup." + place.key() + ".welcome"))
        .setComponents(ActionRow.of(buttons(place)))
        .setAllowedMentions(Set.of())
        // The nonce identifies the message, so that a repeated request does not post a second one.
        .setNonce("w" + channel.getId())
        .complete();
    channel.pinMessageById(message.getIdLong()).complete();
    removePinNotices(channel, message);
  }

  /** Removes Discord's notice that the bot has pinned a message: it says nothing to customers. A notice that stays does no harm. */
  private static void removePinNotices(StandardGuildMessageChannel channel, Message pinned) {
    try {
      for (Message later :
          channel.getHistoryAfter(pinned, AFTER_PIN).complete().getRetrievedHistory()) {
        if (later.getType() == MessageType.CHANNEL_PINNED_ADD
            && later.getAuthor().getIdLong() == later.getJDA().getSelfUser().getIdLong()) {
          later.delete().complete();
        }
      }
    } catch (ErrorResponseException | InsufficientPermissionException failure) {
      LOG.info(
          "The notice that a message was pinned in channel {} was not removed: {}",
          channel.getId(),
          failure.getClass().getSimpleName());
    }
  }

  private List<Button> buttons(ServerChannel place) {
    return switch (place) {
      case BUG_REPORT -> buttons.bug(locale);
      case FEATURE_REQUEST -> buttons.featureRequest(locale);
      case CUSTOMER_SERVICE, ANNOUNCEMENTS -> buttons.help(locale);
    };
  }
}
