package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.message.MessageBody;
import dev.relay.discord.PlayerEvents;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * {@code /helpme [question]} and the button of the welcome message: opens the conversation and says where it goes on. Without a
 * question the customer says hello, so that the virtual agent (or the person whom a routing rule chooses) asks what it is about; where
 * they have a conversation already, they are only led to it.
 */
final class HelpCommand implements Command {
  static final String NAME = "helpme";

  private static final String QUESTION = "question";
  private static final int MAX_QUESTION = 2000;
  private static final int MAX_QUOTE = 800;

  private final Surroundings surroundings;
  private final ChatOpening opening;
  private final CommandShapes shapes;

  HelpCommand(Surroundings surroundings, ChatOpening opening, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.opening = opening;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes
        .forEverybody(NAME)
        .addOptions(
            shapes.option(NAME, QUESTION, OptionType.STRING, false).setMaxLength(MAX_QUESTION));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    help(event, players, Options.text(event, QUESTION).filter(text -> !text.isEmpty()));
  }

  /** Serves a press of the welcome message's button. */
  void help(IReplyCallback event, PlayerEvents players) {
    help(event, players, Optional.empty());
  }

  private void help(IReplyCallback event, PlayerEvents players, Optional<String> question) {
    PrivateAnswer answer =
        PrivateAnswer.begin(event, Caller.of(event, players), surroundings.texts());
    surroundings
        .background()
        .run(
            answer,
            () -> opening.open(
                answer,
                firstLine(answer, question),
                words(answer, question).map(text -> wrote(answer, text)),
                (receipt, link) ->
                    surroundings.texts().get(answer.locale(), "help.asked", "link", link)));
  }

  /** What the player says: the question, else hello, else (where they have a conversation already) nothing. May block. */
  private Optional<String> words(PrivateAnswer answer, Optional<String> question) {
    if (question.isPresent()) {
      return question;
    }
    return hasConversation(answer.caller())
        ? Optional.empty()
        : Optional.of(surroundings.texts().get(answer.locale(), "help.opening"));
  }

  private String firstLine(PrivateAnswer answer, Optional<String> question) {
    return question
        .map(text -> surroundings
            .texts()
            .get(
                answer.locale(),
                "help.first.question",
                "question",
                PlainText.line(text, MAX_QUOTE)))
        .orElseGet(() -> surroundings.texts().get(answer.locale(), "help.first"));
  }

  private boolean hasConversation(Caller caller) {
    return surroundings
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
