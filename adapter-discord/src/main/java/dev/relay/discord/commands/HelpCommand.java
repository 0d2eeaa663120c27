package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.message.MessageBody;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.Options;
import dev.relay.discord.interaction.PlainText;
import dev.relay.discord.interaction.PrivateAnswer;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * {@code /helpme [question]} and the button of the welcome message: opens the conversation and links to it. Without a question,
 * the command submits a greeting, so that the virtual agent (or the live agent chosen by a routing rule) asks for the question. A customer who
 * already has a conversation is only led to it, and one who is in the chat is only told so.
 */
final class HelpCommand implements Command {
  static final String NAME = "helpme";

  private static final String QUESTION = "question";
  private static final int MAX_QUESTION = 2000;
  private static final int MAX_QUOTE = 800;

  private final CommandContext context;
  private final ChatOpener opening;
  private final CommandDefinitions definitions;

  HelpCommand(CommandContext context, ChatOpener opening, CommandDefinitions definitions) {
    this.context = context;
    this.opening = opening;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions
        .forEverybody(NAME)
        .addOptions(definitions
            .option(NAME, QUESTION, OptionType.STRING, false)
            .setMaxLength(MAX_QUESTION));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    help(event, customers, Options.words(event, QUESTION).filter(text -> !text.isEmpty()));
  }

  /** Handles a press of the welcome message's button. */
  void help(IReplyCallback event, CustomerAccess customers) {
    help(event, customers, Optional.empty());
  }

  private void help(IReplyCallback event, CustomerAccess customers, Optional<String> question) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    if (question.isEmpty() && answer.caller().inOwnChat()) {
      answer.say("help.here");
      return;
    }
    context
        .executor()
        .run(
            answer,
            () -> opening.open(
                answer,
                firstLine(answer, question),
                words(answer, question).map(text -> wrote(answer, text)),
                (receipt, hasWritten) -> context
                    .texts()
                    .get(answer.locale(), hasWritten ? "help.asked" : "help.later")));
  }

  /** Returns the customer's message: the question, or hello, or nothing if there already is a conversation. May block. */
  private Optional<String> words(PrivateAnswer answer, Optional<String> question) {
    if (question.isPresent()) {
      return question;
    }
    return hasConversation(answer.caller())
        ? Optional.empty()
        : Optional.of(context.texts().get(answer.locale(), "help.opening"));
  }

  private String firstLine(PrivateAnswer answer, Optional<String> question) {
    return question
        .map(text -> context
            .texts()
            .get(
                answer.locale(),
                "help.first.question",
                "question",
                PlainText.line(text, MAX_QUOTE)))
        .orElseGet(() -> context.texts().get(answer.locale(), "help.first"));
  }

  private boolean hasConversation(Caller caller) {
    return context
        .relay()
        .store()
        .read(queries -> queries.activeConversation(caller.address()))
        .isPresent();
  }

  private static CustomerEvent wrote(PrivateAnswer answer, String text) {
    return new CustomerEvent.CustomerWrote(
        answer.caller().origin(NAME), Optional.empty(), MessageBody.text(text));
  }
}
