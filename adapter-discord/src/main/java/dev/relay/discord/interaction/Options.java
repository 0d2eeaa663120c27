package dev.relay.discord.interaction;

import dev.relay.core.text.Wording;
import dev.relay.discord.text.CodeNames;
import dev.relay.discord.text.Codes;
import dev.relay.discord.text.TextFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;

/** Reads the options of a command. Stateless. */
public final class Options {
  private static final Wording TEXTS = TextFiles.channel();

  private Options() {}

  /** Returns a text option without surrounding white space. */
  public static Optional<String> text(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name))
        .map(OptionMapping::getAsString)
        .map(String::strip);
  }

  /** Returns a text option with words in place of Discord's codes for mentions, emojis and dates. */
  public static Optional<String> words(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name)).map(option -> {
      Map<Long, String> users = new HashMap<>();
      option
          .getMentions()
          .getUsers()
          .forEach(it -> users.put(it.getIdLong(), it.getEffectiveName()));
      option
          .getMentions()
          .getMembers()
          .forEach(it -> users.put(it.getIdLong(), it.getEffectiveName()));
      return words(event, option.getAsString().strip(), users);
    });
  }

  /** Returns a text that somebody entered in an interaction, with words in place of Discord's codes. */
  public static String words(Interaction interaction, String text) {
    return words(interaction, text, Map.of());
  }

  private static String words(Interaction interaction, String text, Map<Long, String> users) {
    return Codes.inWords(
        text,
        new CodeNames(
            users,
            Optional.of(interaction.getJDA()),
            TEXTS,
            interaction.getUserLocale().toLocale()));
  }

  /** Returns a text option in which {@code \n} begins a new line, because command options are single lines in Discord. */
  public static Optional<String> lines(SlashCommandInteractionEvent event, String name) {
    return text(event, name).map(text -> text.replace("\\n", "\n"));
  }

  /** Returns an option that is a whole number. */
  public static Optional<Long> number(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name)).map(OptionMapping::getAsLong);
  }
}
