package dev.relay.discord.forms;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.text.Cut;
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
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IModalCallback;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;

/**
 * The forms behind {@code /bug} and {@code /new_feature}. If a form cannot be filed, the customer gets their text back. Thread-safe;
 * does not block.
 */
public final class CaseForms {
  private static final String MODAL = "relay:form:";

  private final CommandContext context;
  private final List<Form> forms;

  /** Creates these forms. */
  public CaseForms(CommandContext context, List<Form> forms) {
    this.context = context;
    this.forms = List.copyOf(forms);
  }

  /** Returns the name of a kind in custom ids: {@code bug}, {@code feature_request}. */
  public static String nameOf(CaseKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind with a name in custom ids; empty if no form files cases of that kind. */
  public Optional<CaseKind> kindOf(String name) {
    return form(name).map(Form::kind);
  }

  private Optional<Form> form(String name) {
    return forms.stream().filter(form -> nameOf(form.kind()).equals(name)).findFirst();
  }

  /** Shows the form of a kind: the first and only answer to a command or button. */
  public void open(IModalCallback event, CustomerAccess customers, CaseKind kind) {
    Caller caller = Caller.of(event, customers);
    form(nameOf(kind))
        .ifPresent(form -> PrivateAnswer.send(
            caller.interactionId(), event.replyModal(modal(form, caller.locale()))));
  }

  Modal modal(Form form, Locale locale) {
    return Modal.create(
            MODAL + nameOf(form.kind()),
            context.texts().get(locale, "form." + form.kind() + ".title"))
        .addComponents(form.fields().stream().map(field -> label(field, locale)).toList())
        .build();
  }

  private Label label(Field field, Locale locale) {
    CommandTexts texts = context.texts();
    TextInput.Builder input = TextInput.create(
            field.name(), field.multiline() ? TextInputStyle.PARAGRAPH : TextInputStyle.SHORT)
        .setRequired(field.required())
        .setMaxLength(field.maxLength());
    String hint = Field.key(field.name()) + ".hint";
    if (texts.has(hint)) {
      input.setPlaceholder(
          Cut.withEllipsis(texts.get(locale, hint), TextInput.MAX_PLACEHOLDER_LENGTH));
    }
    return Label.of(field.label(texts, locale), input.build());
  }

  /** Checks whether a modal's id belongs to one of Relay's forms. */
  public static boolean isForm(String modalId) {
    return modalId.startsWith(MODAL);
  }

  /** Files a submitted form. */
  public void submitted(ModalInteractionEvent event, CustomerAccess customers) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    Optional<Form> known = form(event.getModalId().substring(MODAL.length()));
    if (known.isEmpty()) {
      answer.say("failure.refused");
      return;
    }
    FilledForm form = FilledForm.read(
        known.get(),
        name -> Optional.ofNullable(event.getValue(name))
            .map(ModalMapping::getAsString)
            .map(text -> Options.words(event, text)));
    Optional<String> fault = form.fault(context.texts(), answer.locale());
    if (fault.isPresent()) {
      giveBack(answer, form, fault.get());
      return;
    }
    String command = form.kind() == CaseKind.BUG ? FormCommand.BUG : FormCommand.FEATURE_REQUEST;
    context
        .replies()
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
    CommandTexts texts = context.texts();
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
