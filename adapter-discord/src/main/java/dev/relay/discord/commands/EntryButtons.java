package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;

/** The buttons through which players come to Relay from a server's channels; served by {@link DiscordCommands}. Immutable. */
public final class EntryButtons {
  private final CommandTexts texts;

  /** With labels from those texts. */
  public EntryButtons(CommandTexts texts) {
    this.texts = texts;
  }

  /** Asks for help; shows one's own cases. */
  public List<Button> help(Locale locale) {
    return List.of(
        Button.primary(ButtonId.of(ButtonId.HELP), texts.get(locale, "setup.button.help")),
        Button.secondary(ButtonId.of(ButtonId.CASES), texts.get(locale, "setup.button.cases")));
  }

  /** Opens the form for bugs. */
  public List<Button> bug(Locale locale) {
    return form(CaseKind.BUG, texts.get(locale, "setup.button.bug"));
  }

  /** Opens the form for feature requests. */
  public List<Button> featureRequest(Locale locale) {
    return form(CaseKind.FEATURE_REQUEST, texts.get(locale, "setup.button.feature"));
  }

  /** Whether a button of that custom id is the first of one of these groups: it tells a welcome message from others. */
  public static boolean isEntry(String customId) {
    Optional<ButtonId> id = ButtonId.parse(customId);
    return id.isPresent()
        && (id.get().action().equals(ButtonId.HELP) || id.get().action().equals(ButtonId.FORM));
  }

  private static List<Button> form(CaseKind kind, String label) {
    return List.of(Button.primary(ButtonId.of(ButtonId.FORM, CaseForms.nameOf(kind)), label));
  }
}
