package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.PrivateAnswer;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /close}: ends the conversation. */
final class CloseCommand implements Command {
  static final String NAME = "close";

  private final CommandContext context;
  private final CommandDefinitions definitions;

  CloseCommand(CommandContext context, CommandDefinitions definitions) {
    this.context = context;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    context
        .replies()
        .submit(
            answer,
            new CustomerEvent.CustomerEnded(answer.caller().origin(NAME)),
            receipt -> {
              if (answer.caller().inOwnChat()) {
                answer.discard();
              } else {
                answer.say("close.done");
              }
            },
            (result, words) -> {
              if (hasNone(result)) {
                answer.say("close.none");
              } else {
                answer.show(words);
              }
            });
  }

  private static boolean hasNone(IntakeResult result) {
    return result instanceof IntakeResult.Refused refused
        && refused.refusal().code() == Refusal.Code.NO_CONVERSATION;
  }
}
