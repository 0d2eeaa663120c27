package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.message.MessageBody;
import java.util.List;
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
  private static final int MAX_QUOTE = 300;

  private final Surroundings surroundings;
  private final Whereabouts whereabouts;
  private final CommandShapes shapes;

  HelpCommand(Surroundings surroundings, Whereabouts whereabouts, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.whereabouts = whereabouts;
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
  public void run(SlashCommandInteractionEvent event) {
    help(event, Options.text(event, QUESTION).orElse(""));
  }

  /** Serves a press of the welcome message's button. */
  void help(IReplyCallback event) {
    help(event, "");
  }

  private void help(IReplyCallback event, String question) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event), surroundings.texts());
    if (!question.isEmpty()) {
      ask(answer, question, Optional.of(question));
      return;
    }
    surroundings.background().run(answer, () -> {
      if (hasConversation(answer.caller())) {
        whereabouts.watch(answer);
        lead(answer, "help.already", Optional.empty());
      } else {
        String hello = surroundings.texts().get(answer.locale(), "help.opening");
        ask(answer, hello, Optional.empty());
      }
    });
  }

  private boolean hasConversation(Caller caller) {
    return surroundings
        .relay()
        .store()
        .read(queries -> queries.activeConversation(caller.address()))
        .isPresent();
  }

  private void ask(PrivateAnswer answer, String words, Optional<String> question) {
    whereabouts.watch(answer);
    surroundings
        .submissions()
        .submit(
            answer,
            new CustomerEvent.CustomerWrote(
                answer.caller().origin(Optional.of(NAME)),
                Optional.empty(),
                MessageBody.text(words)),
            receipt -> lead(
                answer, question.isPresent() ? "help.asked.question" : "help.asked", question));
  }

  private void lead(PrivateAnswer answer, String key, Optional<String> question) {
    whereabouts.tell(answer, link -> {
      if (link.isEmpty()) {
        answer.say("help.nowhere");
        return;
      }
      String quoted = question.map(it -> PlainText.line(it, MAX_QUOTE)).orElse("");
      answer.show(
          surroundings.texts().get(answer.locale(), key, "question", quoted, "link", link.get()),
          List.of());
    });
  }
}
