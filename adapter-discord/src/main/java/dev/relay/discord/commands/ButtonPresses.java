package dev.relay.discord.commands;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.Origin;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.forms.CaseForms;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.PrivateAnswer;
import dev.relay.discord.text.ButtonId;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;
import net.dv8tion.jda.api.components.replacer.ComponentReplacer;
import net.dv8tion.jda.api.components.tree.MessageComponentTree;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;

/**
 * Handles presses of Relay's buttons. The custom id of a button names its action and conversation; the store decides whether the
 * caller may use it. Thread-safe; does not block.
 */
final class ButtonPresses {
  private final CommandContext context;
  private final HelpCommand help;
  private final CasesCommand cases;
  private final CaseForms forms;
  private final RatingComments comments;
  private final OwnConversations own;

  ButtonPresses(
      CommandContext context,
      HelpCommand help,
      CasesCommand cases,
      CaseForms forms,
      RatingComments comments) {
    this.context = context;
    this.own = new OwnConversations(context);
    this.comments = comments;
    this.help = help;
    this.cases = cases;
    this.forms = forms;
  }

  /** Handles a press; ignores buttons that are not Relay's. */
  void pressed(ButtonInteractionEvent event, CustomerAccess customers) {
    Optional<ButtonId> parsed = ButtonId.parse(event.getComponentId());
    if (parsed.isEmpty()) {
      return;
    }
    ButtonId button = parsed.get();
    Optional<dev.relay.core.message.Button> below = button.button();
    if (below.isPresent()) {
      pressedBelowMessage(event, customers, button, below.get());
      return;
    }
    switch (button.action()) {
      case ButtonId.HELP -> help.help(event, customers);
      case ButtonId.CASES -> cases.open(event, customers);
      case ButtonId.CASES_FROM -> cases.turn(event, customers, button.part(0));
      case ButtonId.FORM -> openForm(event, customers, button);
      default -> begin(event, customers).say("failure.refused");
    }
  }

  private void pressedBelowMessage(
      ButtonInteractionEvent event,
      CustomerAccess customers,
      ButtonId button,
      dev.relay.core.message.Button pressed) {
    switch (pressed) {
      case RATE -> rate(event, customers, button);
      case ADD_COMMENT -> comments.open(event, customers, button);
      default -> pressOwn(event, customers, button, pressed);
    }
  }

  private void openForm(ButtonInteractionEvent event, CustomerAccess customers, ButtonId button) {
    forms
        .kindOf(button.part(0))
        .ifPresentOrElse(
            kind -> forms.open(event, customers, kind),
            () -> begin(event, customers).say("failure.refused"));
  }

  private PrivateAnswer begin(ButtonInteractionEvent event, CustomerAccess customers) {
    return PrivateAnswer.onPress(event, Caller.of(event, customers), context.texts());
  }

  /** Handles a press that belongs to one conversation: only its customer may press, and a later conversation is not affected. */
  private void pressOwn(
      ButtonInteractionEvent event,
      CustomerAccess customers,
      ButtonId button,
      dev.relay.core.message.Button pressed) {
    PrivateAnswer answer = begin(event, customers);
    context.executor().run(answer, () -> {
      Optional<Conversation> conversation = own.conversationOf(answer, button);
      if (conversation.isEmpty()) {
        return;
      }
      if (conversation.get().state() == ConversationState.CLOSED && !worksAfterTheEnd(pressed)) {
        answer.say("press.over");
        return;
      }
      submit(
          event, answer, new CustomerEvent.CustomerPressed(origin(event, answer, button), pressed));
    });
  }

  private static boolean worksAfterTheEnd(dev.relay.core.message.Button pressed) {
    return switch (pressed) {
      case TALK_TO_PERSON, STILL_NEED_HELP, STOP_CASE_NOTICES, RESUME_CASE_NOTICES -> true;
      case THAT_HELPED, DID_NOT_HELP, RATE, ADD_COMMENT, IT_IS_SOLVED -> false;
    };
  }

  private void rate(ButtonInteractionEvent event, CustomerAccess customers, ButtonId button) {
    PrivateAnswer answer = begin(event, customers);
    Optional<Integer> score = button
        .number(1)
        .filter(it -> it >= CustomerRated.WORST && it <= CustomerRated.BEST)
        .map(Long::intValue);
    if (score.isEmpty()) {
      answer.say("failure.refused");
      return;
    }
    context
        .executor()
        .run(
            answer,
            () -> own.conversationOf(answer, button)
                .ifPresent(conversation -> submit(
                    event,
                    answer,
                    new CustomerRated(answer.caller().origin(), conversation.id(), score.get()))));
  }

  /** Returns an origin that counts once per customer for one button of a message, no matter how often it is pressed. */
  private static Origin origin(
      ButtonInteractionEvent event, PrivateAnswer answer, ButtonId button) {
    return answer.caller().pressOf(event.getMessageId(), button.action());
  }

  private void submit(ButtonInteractionEvent event, PrivateAnswer answer, CustomerEvent what) {
    context
        .replies()
        .submit(
            answer,
            what,
            receipt -> answer.changeButtons(
                what instanceof CustomerRated
                    ? chosen(event.getMessage(), event.getComponentId())
                    : used(event.getMessage(), event.getComponentId())));
  }

  /** Disables all of Relay's buttons and marks the pressed one; links stay enabled. */
  private static MessageComponentTree used(Message message, String pressed) {
    return message
        .getComponentTree()
        .replace(ComponentReplacer.of(
            Button.class, ButtonPresses::isOwn, button -> mark(button, pressed).asDisabled()));
  }

  /** Marks and disables the chosen score; the other scores can still be chosen. */
  private static MessageComponentTree chosen(Message message, String pressed) {
    return message
        .getComponentTree()
        .replace(ComponentReplacer.of(
            Button.class,
            ButtonPresses::isOwn,
            button -> mark(button, pressed).withDisabled(pressed.equals(button.getCustomId()))));
  }

  private static Button mark(Button button, String pressed) {
    return button.withStyle(
        pressed.equals(button.getCustomId()) ? ButtonStyle.SUCCESS : ButtonStyle.SECONDARY);
  }

  private static boolean isOwn(Button button) {
    String id = button.getCustomId();
    return id != null && ButtonId.parse(id).isPresent();
  }
}
