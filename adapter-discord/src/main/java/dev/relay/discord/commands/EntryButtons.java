package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.forms.CaseForms;
import dev.relay.discord.text.ButtonId;
import dev.relay.discord.text.CommandTexts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;

/** The buttons in a server's channels that lead customers to Relay. Immutable. */
public final class EntryButtons {
  private final CommandTexts texts;

  /** Creates buttons with labels from these texts. */
  public EntryButtons(CommandTexts texts) {
    this.texts = texts;
  }

  /** Returns a button that asks for help and one that shows the customer's own cases. */
  public List<Button> help(Locale locale) {
    return List.of(
        Button.primary(ButtonId.of(ButtonId.HELP), texts.get(locale, "setup.button.help")),
        Button.secondary(ButtonId.of(ButtonId.CASES), texts.get(locale, "setup.button.cases")));
  }

  /** Returns a button that opens the form for bugs. */
  public List<Button> bug(Locale locale) {
    return form(CaseKind.BUG, texts.get(locale, "setup.button.bug"));
  }

  /** Returns a button that opens the form for feature requests. */
  public List<Button> featureRequest(Locale locale) {
    return form(CaseKind.FEATURE_REQUEST, texts.get(locale, "setup.button.feature"));
  }

  /** Checks whether a custom id belongs to the first button of one of these groups, which identifies a welcome message. */
  public static boolean isEntry(String customId) {
    Optional<ButtonId> id = ButtonId.parse(customId);
    return id.isPresent()
        && (id.get().action().equals(ButtonId.HELP) || id.get().action().equals(ButtonId.FORM));
  }

  private static List<Button> form(CaseKind kind, String label) {
    return List.of(Button.primary(ButtonId.of(ButtonId.FORM, CaseForms.nameOf(kind)), label));
  }
}
