package dev.relay.discord.commands;

import dev.relay.core.cases.CaseNumber;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.message.Button;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /agent}: asks for a person. */
final class AgentCommand implements Command {
  static final String NAME = "agent";

  private final Surroundings surroundings;
  private final Whereabouts whereabouts;
  private final CommandShapes shapes;

  AgentCommand(Surroundings surroundings, Whereabouts whereabouts, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.whereabouts = whereabouts;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event), surroundings.texts());
    whereabouts.watch(answer);
    surroundings
        .submissions()
        .submit(
            answer,
            new CustomerEvent.CustomerPressed(
                answer.caller().origin(Optional.of(NAME)), Button.TALK_TO_PERSON),
            receipt -> lead(answer, receipt.supportCase()));
  }

  private void lead(PrivateAnswer answer, Optional<CaseNumber> supportCase) {
    String key = supportCase.isPresent() ? "agent.asked.case" : "agent.asked";
    String number = supportCase.map(CaseNumber::toString).orElse("");
    whereabouts.tell(answer, link -> {
      if (link.isPresent()) {
        answer.say(key, "case", number, "link", link.get());
      } else {
        answer.say("help.nowhere");
      }
    });
  }
}
