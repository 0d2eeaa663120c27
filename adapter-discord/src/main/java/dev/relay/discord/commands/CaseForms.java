package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.text.Cut;
import dev.relay.discord.PlayerEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IModalCallback;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;

/**
 * The forms behind {@code /bug} and {@code /new_feature}. A form that cannot be filed comes back to its writer with all that they
 * wrote. Thread-safe; does not block.
 */
final class CaseForms {
  private static final String MODAL = "relay:form:";

  private final Surroundings surroundings;
  private final FormSettings settings;

  CaseForms(Surroundings surroundings, FormSettings settings) {
    this.surroundings = surroundings;
    this.settings = settings;
  }

  /** The name of a kind in custom ids: {@code bug}, {@code feature_request}. */
  static String nameOf(CaseKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that name that has a form. */
  Optional<CaseKind> kindOf(String name) {
    for (CaseKind kind : CaseKind.values()) {
      if (nameOf(kind).equals(name) && settings.further(kind).isPresent()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Shows the form: the first and only answer to a command or button. */
  void open(IModalCallback event, PlayerEvents players, CaseKind kind) {
    Caller caller = Caller.of(event, players);
    PrivateAnswer.send(caller.interactionId(), event.replyModal(modal(kind, caller.locale())));
  }

  Modal modal(CaseKind kind, Locale locale) {
    CommandTexts texts = surroundings.texts();
    List<FormField> fields = new ArrayList<>();
    fields.add(FormSettings.TITLE);
    fields.add(FormSettings.DESCRIPTION);
    fields.addAll(settings.further(kind).orElse(List.of()));
    return Modal.create(MODAL + nameOf(kind), texts.get(locale, "form." + kind + ".title"))
        .addComponents(fields.stream().map(field -> label(field, locale)).toList())
        .build();
  }

  private Label label(FormField field, Locale locale) {
    CommandTexts texts = surroundings.texts();
    TextInput.Builder input = TextInput.create(
            field.name(), field.multiline() ? TextInputStyle.PARAGRAPH : TextInputStyle.SHORT)
        .setRequired(field.required())
        .setMaxLength(field.maxLength());
    String hint = "form.field." + field.name() + ".hint";
    if (texts.has(hint)) {
      input.setPlaceholder(
          Cut.withEllipsis(texts.get(locale, hint), TextInput.MAX_PLACEHOLDER_LENGTH));
    }
    return Label.of(field.label(texts, locale), input.build());
  }

  /** Whether a modal's id is that of a form of Relay's. */
  static boolean isForm(String modalId) {
    return modalId.startsWith(MODAL);
  }

  /** Files what was filled in. */
  void submitted(ModalInteractionEvent event, PlayerEvents players) {
    PrivateAnswer answer =
        PrivateAnswer.begin(event, Caller.of(event, players), surroundings.texts());
    Optional<CaseKind> kind = kindOf(event.getModalId().substring(MODAL.length()));
    if (kind.isEmpty()) {
      answer.say("failure.refused");
      return;
    }
    FilledForm form = FilledForm.read(
        kind.get(),
        settings.further(kind.get()).orElse(List.of()),
        name -> Optional.ofNullable(event.getValue(name)).map(ModalMapping::getAsString));
    Optional<String> fault = form.fault(surroundings.texts(), answer.locale());
    if (fault.isPresent()) {
      giveBack(answer, form, fault.get());
      return;
    }
    String command = kind.get() == CaseKind.BUG ? FormCommand.BUG : FormCommand.FEATURE_REQUEST;
    surroundings
        .submissions()
        .submit(
            answer,
            form.event(answer.caller().origin(command)),
            receipt -> answer.say(
                "form.filed",
                "case",
                receipt.supportCase().map(CaseNumber::toString).orElse("")),
            (result, words) -> giveBack(answer, form, words));
  }

  private void giveBack(PrivateAnswer answer, FilledForm form, String why) {
    CommandTexts texts = surroundings.texts();
    Locale locale = answer.locale();
    Button again = Button.primary(
        ButtonId.of(ButtonId.FORM, nameOf(form.kind())), texts.get(locale, "form.again"));
    answer.showWithFile(
        why + "\n" + texts.get(locale, "form.kept"),
        List.of(again),
        texts.get(locale, "form.kept.file"),
        form.asText(texts, locale));
  }
}
