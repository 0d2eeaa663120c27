package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.RatingCommented;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.Options;
import dev.relay.discord.interaction.PrivateAnswer;
import dev.relay.discord.text.ButtonId;
import dev.relay.discord.text.CommandTexts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;

/**
 * The comment on a rating: a button below the thanks opens a form of one field. Its custom id is that of the button. A comment that cannot
 * be stored is given back. Thread-safe; does not block.
 */
final class RatingComments {
  private static final String FIELD = "comment";

  private final CommandContext context;
  private final OwnConversations own;

  RatingComments(CommandContext context) {
    this.context = context;
    this.own = new OwnConversations(context);
  }

  /** Shows the form: the first and only answer to the press. */
  void open(ButtonInteractionEvent event, CustomerAccess customers, ButtonId button) {
    Caller caller = Caller.of(event, customers);
    Optional<ConversationId> conversation = button.conversation();
    if (conversation.isEmpty()) {
      PrivateAnswer.onPress(event, caller, context.texts()).say("failure.refused");
      return;
    }
    PrivateAnswer.send(
        caller.interactionId(), event.replyModal(form(conversation.get(), caller.locale())));
  }

  private Modal form(ConversationId conversation, Locale locale) {
    CommandTexts texts = context.texts();
    TextInput input = TextInput.create(FIELD, TextInputStyle.PARAGRAPH)
        .setRequired(true)
        .setMaxLength(CustomerRated.MAX_COMMENT)
        .build();
    return Modal.create(
            ButtonId.of(Button.ADD_COMMENT, conversation), texts.get(locale, "comment.title"))
        .addComponents(Label.of(texts.get(locale, "comment.label"), input))
        .build();
  }

  /** Submits a comment if the form is this one; returns false if it is another. */
  boolean submitted(ModalInteractionEvent event, CustomerAccess customers) {
    Optional<ButtonId> form = ButtonId.parse(event.getModalId())
        .filter(it -> it.button().equals(Optional.of(Button.ADD_COMMENT)));
    form.ifPresent(it -> submit(event, customers, it));
    return form.isPresent();
  }

  private void submit(ModalInteractionEvent event, CustomerAccess customers, ButtonId form) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    String comment = Optional.ofNullable(event.getValue(FIELD))
        .map(ModalMapping::getAsString)
        .map(text -> Options.words(event, text).strip())
        .orElse("");
    context
        .executor()
        .run(
            answer,
            () -> own.conversationOf(answer, form)
                .ifPresent(conversation -> context
                    .replies()
                    .submit(
                        answer,
                        new RatingCommented(answer.caller().origin(), conversation.id(), comment),
                        receipt -> answer.say("comment.added"),
                        (result, words) -> giveBack(answer, words, comment))));
  }

  private void giveBack(PrivateAnswer answer, String why, String comment) {
    CommandTexts texts = context.texts();
    Locale locale = answer.locale();
    answer.showWithFile(
        why + "\n" + texts.get(locale, "form.kept"),
        List.of(),
        texts.get(locale, "form.kept.file"),
        comment + "\n");
  }
}
