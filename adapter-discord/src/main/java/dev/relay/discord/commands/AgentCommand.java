package dev.relay.discord.commands;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
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
    context.executor().run(answer, () -> {
      Optional<Conversation> present = context
          .relay()
          .store()
          .read(queries -> queries.activeConversation(answer.caller().address()));
      switch (present.map(Conversation::state).orElse(ConversationState.BOT)) {
        case WAITING -> waiting(answer, present.orElseThrow());
        case LIVE -> answer.say("agent.live");
        case BOT, CLOSED -> ask(answer);
      }
    });
  }

  /** Shows customers who wait already their place in the queue, without another message in their chat. */
  private void waiting(PrivateAnswer answer, Conversation conversation) {
    int position = context
        .relay()
        .store()
        .read(queries -> queries.queuePosition(conversation.id()))
        .orElse(1);
    answer.say("agent.waiting", "position", Integer.toString(position));
  }

  private void ask(PrivateAnswer answer) {
    CustomerEvent asked =
        new CustomerEvent.CustomerPressed(answer.caller().origin(NAME), Button.TALK_TO_PERSON);
    opening.open(
        answer,
        context.texts().get(answer.locale(), "agent.first"),
        Optional.of(asked),
        (receipt, hasWritten) -> words(answer, receipt.flatMap(Receipt::supportCase)));
  }

  private String words(PrivateAnswer answer, Optional<CaseNumber> supportCase) {
    return context
        .texts()
        .get(
            answer.locale(),
            supportCase.isPresent() ? "agent.asked.case" : "agent.asked",
            "case",
            supportCase.map(CaseNumber::toString).orElse(""));
  }
}
