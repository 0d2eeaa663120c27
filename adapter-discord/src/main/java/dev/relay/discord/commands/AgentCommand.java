package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.Button;
import dev.relay.discord.PlayerEvents;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /agent}: asks for a person. */
final class AgentCommand implements Command {
  static final String NAME = "agent";

  private final Surroundings surroundings;
  private final ChatOpening opening;
  private final CommandShapes shapes;

  AgentCommand(Surroundings surroundings, ChatOpening opening, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.opening = opening;
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
    String firstLine = surroundings.texts().get(answer.locale(), "agent.first");
    CustomerEvent asked =
        new CustomerEvent.CustomerPressed(answer.caller().origin(NAME), Button.TALK_TO_PERSON);
    surroundings
        .background()
        .run(
            answer,
            () -> opening.open(
                answer,
                firstLine,
                Optional.of(asked),
                (receipt, link) -> words(answer, receipt.flatMap(Receipt::supportCase), link)));
  }

  private String words(PrivateAnswer answer, Optional<CaseNumber> supportCase, String link) {
    return surroundings
        .texts()
        .get(
            answer.locale(),
            supportCase.isPresent() ? "agent.asked.case" : "agent.asked",
            "case",
            supportCase.map(CaseNumber::toString).orElse(""),
            "link",
            link);
  }
}
