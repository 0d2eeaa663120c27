package dev.relay.discord.commands;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.Origin;
import dev.relay.core.id.ConversationId;
import dev.relay.discord.PlayerEvents;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;
import net.dv8tion.jda.api.components.replacer.ComponentReplacer;
import net.dv8tion.jda.api.components.tree.MessageComponentTree;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;

/**
 * Serves presses of Relay's buttons. What a button does, and for which conversation, stands in its custom id; whether the presser may
 * is asked of the store. Thread-safe; does not block.
 */
final class ButtonPresses {
  private final Surroundings surroundings;
  private final HelpCommand help;
  private final CasesCommand cases;
  private final CaseForms forms;

  ButtonPresses(Surroundings surroundings, HelpCommand help, CasesCommand cases, CaseForms forms) {
    this.surroundings = surroundings;
    this.help = help;
    this.cases = cases;
    this.forms = forms;
  }

  /** Serves a press; buttons of others than Relay are left alone. */
  void pressed(ButtonInteractionEvent event, PlayerEvents players) {
    Optional<ButtonId> parsed = ButtonId.parse(event.getComponentId());
    if (parsed.isEmpty()) {
      return;
    }
    ButtonId button = parsed.get();
    switch (button.action()) {
      case ButtonId.HELP -> help.help(event, players);
      case ButtonId.CASES -> cases.open(event, players);
      case ButtonId.CASES_FROM -> cases.turn(event, players, button.part(0));
      case ButtonId.FORM -> openForm(event, players, button);
      case ButtonId.PERSON ->
        pressOwn(event, players, button, dev.relay.core.message.Button.TALK_TO_PERSON);
      case ButtonId.HELPED ->
        pressOwn(event, players, button, dev.relay.core.message.Button.THAT_HELPED);
      case ButtonId.NOT_HELPED ->
        pressOwn(event, players, button, dev.relay.core.message.Button.DID_NOT_HELP);
      case ButtonId.RATE -> rate(event, players, button);
      default -> begin(event, players).say("failure.refused");
    }
  }

  private void openForm(ButtonInteractionEvent event, PlayerEvents players, ButtonId button) {
    forms
        .kindOf(button.part(0))
        .ifPresentOrElse(
            kind -> forms.open(event, players, kind),
            () -> begin(event, players).say("failure.refused"));
  }

  private PrivateAnswer begin(ButtonInteractionEvent event, PlayerEvents players) {
    return PrivateAnswer.onPress(event, Caller.of(event, players), surroundings.texts());
  }

  /** A press that belongs to one conversation: only its customer may, and a later conversation is not meant by it. */
  private void pressOwn(
      ButtonInteractionEvent event,
      PlayerEvents players,
      ButtonId button,
      dev.relay.core.message.Button pressed) {
    PrivateAnswer answer = begin(event, players);
    surroundings.background().run(answer, () -> {
      Optional<Conversation> conversation = conversationOf(answer, button);
      if (conversation.isEmpty()) {
        return;
      }
      if (conversation.get().state() == ConversationState.CLOSED
          && pressed != dev.relay.core.message.Button.TALK_TO_PERSON) {
        answer.say("press.over");
        return;
      }
      submit(
          event, answer, new CustomerEvent.CustomerPressed(origin(event, answer, button), pressed));
    });
  }

  private void rate(ButtonInteractionEvent event, PlayerEvents players, ButtonId button) {
    PrivateAnswer answer = begin(event, players);
    Optional<Integer> score = button
        .number(1)
        .filter(it -> it >= CustomerRated.WORST && it <= CustomerRated.BEST)
        .map(Long::intValue);
    if (score.isEmpty()) {
      answer.say("failure.refused");
      return;
    }
    surroundings
        .background()
        .run(
            answer,
            () -> conversationOf(answer, button)
                .ifPresent(conversation -> submit(
                    event,
                    answer,
                    new CustomerRated(answer.caller().origin(), conversation.id(), score.get()))));
  }

  /** The presser's conversation that the button names; else the presser is told, and it is empty. May block. */
  private Optional<Conversation> conversationOf(PrivateAnswer answer, ButtonId button) {
    Optional<Conversation> found = button
        .number(0)
        .map(ConversationId::new)
        .flatMap(id -> surroundings.relay().store().read(queries -> queries.conversation(id)));
    if (found.isEmpty()) {
      answer.say("press.over");
      return Optional.empty();
    }
    if (!found.get().address().equals(answer.caller().address())) {
      answer.say("press.foreign");
      return Optional.empty();
    }
    return found;
  }

  /** The same button of one message counts once for each player, however often and from wherever they press it. */
  private static Origin origin(
      ButtonInteractionEvent event, PrivateAnswer answer, ButtonId button) {
    return answer.caller().pressOf(event.getMessageId(), button.action());
  }

  private void submit(ButtonInteractionEvent event, PrivateAnswer answer, CustomerEvent what) {
    surroundings
        .submissions()
        .submit(
            answer,
            what,
            receipt -> answer.changeButtons(
                what instanceof CustomerRated
                    ? chosen(event.getMessage(), event.getComponentId())
                    : used(event.getMessage(), event.getComponentId())));
  }

  /** All of Relay's buttons out of use, the pressed one marked; links stay. */
  private static MessageComponentTree used(Message message, String pressed) {
    return message
        .getComponentTree()
        .replace(ComponentReplacer.of(
            Button.class,
            ButtonPresses::isRelays,
            button -> mark(button, pressed).asDisabled()));
  }

  /** The chosen score marked and out of use; the others can still be chosen instead. */
  private static MessageComponentTree chosen(Message message, String pressed) {
    return message
        .getComponentTree()
        .replace(ComponentReplacer.of(
            Button.class,
            ButtonPresses::isRelays,
            button -> mark(button, pressed).withDisabled(pressed.equals(button.getCustomId()))));
  }

  private static Button mark(Button button, String pressed) {
    return button.withStyle(
        pressed.equals(button.getCustomId()) ? ButtonStyle.SUCCESS : ButtonStyle.SECONDARY);
  }

  private static boolean isRelays(Button button) {
    String id = button.getCustomId();
    return id != null && ButtonId.parse(id).isPresent();
  }
}
