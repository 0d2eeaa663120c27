package dev.relay.discord;

import dev.relay.core.text.Wording;
import dev.relay.discord.text.TextFiles;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shipped texts of the bot, and the limits of texts that replace them. */
public final class DiscordTexts {
  /** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
  private static final Pattern COMMAND =
      Pattern.compile("[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}");

  /** https://discord.com/developers/docs/components/reference#text-input */
  private static final int MAX_LABEL = 45;
  /** https://discord.com/developers/docs/components/reference#button */
  private static final int MAX_BUTTON = 80;
  /** Of a command's description and a text input's placeholder. */
  private static final int MAX_DESCRIPTION = 100;
  /** A message holds 2,000 characters, with the values that are filled in. */
  private static final int MAX_TEXT = 1_000;

  private DiscordTexts() {}

  /** Returns the texts of commands, forms and the server set-up. */
  public static Wording commands() {
    return TextFiles.commands();
  }

  /** Returns the texts of the channel: buttons, notes about files, the welcome line of a thread. */
  public static Wording channel() {
    return TextFiles.channel();
  }

  /**
   * Returns what Discord would refuse about a text.
   *
   * @param name the name of the text in {@link #commands} or {@link #channel}
   * @param text a text that is to replace it
   */
  public static Optional<String> fault(String name, String text) {
    boolean isDescription = name.endsWith(".description") && name.startsWith("command.");
    if (name.startsWith("command.") && !isDescription) {
      return COMMAND.matcher(text).matches() && text.equals(text.toLowerCase(Locale.ROOT))
          ? Optional.empty()
          : Optional.of(
              "a command's or option's name has 1 to 32 lower-case letters, digits, - or _");
    }
    int limit = isDescription || isHint(name)
        ? MAX_DESCRIPTION
        : isLabel(name) ? MAX_LABEL : isButton(name) ? MAX_BUTTON : MAX_TEXT;
    return text.length() <= limit
        ? Optional.empty()
        : Optional.of("it has " + text.length() + " characters; at most " + limit + " are allowed");
  }

  private static boolean isHint(String name) {
    return name.startsWith("form.field.") && name.endsWith(".hint");
  }

  private static boolean isLabel(String name) {
    return name.startsWith("form.field.")
        || (name.startsWith("form.") && name.endsWith(".title"))
        || name.equals("comment.title")
        || name.equals("comment.label");
  }

  private static boolean isButton(String name) {
    return name.equals("cases.older")
        || name.equals("cases.newest")
        || name.equals("form.again")
        || name.startsWith("setup.button.")
        || name.startsWith("button.");
  }
}
