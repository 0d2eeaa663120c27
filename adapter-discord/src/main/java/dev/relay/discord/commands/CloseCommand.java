package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.PlayerEvents;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /close}: ends the conversation. */
final class CloseCommand implements Command {
  static final String NAME = "close";

  private final Surroundings surroundings;
  private final CommandShapes shapes;

  CloseCommand(Surroundings surroundings, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    PrivateAnswer answer =
        PrivateAnswer.begin(event, Caller.of(event, players), surroundings.texts());
    surroundings
        .submissions()
        .submit(
            answer,
            new CustomerEvent.CustomerEnded(answer.caller().origin(NAME)),
            receipt -> answer.say("close.done"),
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
