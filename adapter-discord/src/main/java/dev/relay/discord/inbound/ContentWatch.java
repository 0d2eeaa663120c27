package dev.relay.discord.inbound;

import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Discord no longer sends the content of messages in servers. A bot needs the Message Content Intent for it, which large bots must
 * apply for again each year; when it lapses, messages arrive with empty fields and without any error. Thread-safe.
 */
final class ContentWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ContentWatch.class);
  private static final String PROBLEM =
      "Discord sends messages of the help channel without their content: check \"Message Content Intent\" of the bot in the Developer"
          + " Portal (large bots must apply for it again each year)";
  private static final List<String> CONTENT = List.of(
      "attachments",
      "embeds",
      "components",
      "sticker_items",
      "message_snapshots",
      "mentions",
      "mention_roles");

  private volatile boolean missing;

  /** Records whether a customer's message has its content. */
  void saw(DataObject message) {
    if (message.isNull("guild_id")) {
      return;
    }
    boolean isEmpty = hasNoContent(message);
    if (isEmpty && !missing) {
      LOG.warn("{}", PROBLEM);
    }
    missing = isEmpty;
  }

  /** Returns what is wrong, for the operator. */
  Optional<String> problem() {
    return missing ? Optional.of(PROBLEM) : Optional.empty();
  }

  /** Checks whether a message has nothing that a person could have written or attached, which no client can send. */
  static boolean hasNoContent(DataObject message) {
    return message.getString("content", "").isEmpty()
        && message.isNull("poll")
        && CONTENT.stream()
            .allMatch(field -> message.optArray(field).map(DataArray::isEmpty).orElse(true));
  }
}
