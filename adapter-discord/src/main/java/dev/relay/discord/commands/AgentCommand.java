package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.Button;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.PrivateAnswer;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /agent}: asks for a live agent. */
final class AgentCommand implements Command {
  static final String NAME = "agent";

  private final CommandContext context;
  private final ChatOpener opening;
  private final CommandDefinitions definitions;

  AgentCommand(CommandContext context, ChatOpener opening, CommandDefinitions definitions) {
    this.context = context;
    this.opening = opening;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    String firstLine = context.texts().get(answer.locale(), "agent.first");
    CustomerEvent asked =
        new CustomerEvent.CustomerPressed(answer.caller().origin(NAME), Button.TALK_TO_PERSON);
    context
        .executor()
        .run(
            answer,
            () -> opening.open(
                answer,
                firstLine,
                Optional.of(asked),
                (receipt, link) -> words(answer, receipt.flatMap(Receipt::supportCase), link)));
  }

  private String words(PrivateAnswer answer, Optional<CaseNumber> supportCase, String link) {
    return context
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
