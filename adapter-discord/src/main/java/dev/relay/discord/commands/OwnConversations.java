package dev.relay.discord.commands;

import dev.relay.core.conversation.Conversation;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.PrivateAnswer;
import dev.relay.discord.text.ButtonId;
import java.util.Optional;

/** The conversations that custom ids name, for their own customers only. Thread-safe. */
final class OwnConversations {
  private final CommandContext context;

  OwnConversations(CommandContext context) {
    this.context = context;
  }

  /** Returns the conversation of a custom id if it belongs to the caller; else replies and returns empty. May block. */
  Optional<Conversation> conversationOf(PrivateAnswer answer, ButtonId id) {
    Optional<Conversation> found = id.conversation()
        .flatMap(it -> context.relay().store().read(queries -> queries.conversation(it)));
    if (found.isEmpty()) {
      answer.say("press.over");
      return Optional.empty();
    }
    if (!found.get().address().equals(answer.caller().address())) {
      answer.say("press.foreign");
      return Optional.empty();
    }
    return found;
  }
}
