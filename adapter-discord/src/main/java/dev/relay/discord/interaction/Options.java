package dev.relay.discord.interaction;

import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;

/** Reads the options of a command. Stateless. */
public final class Options {
  private Options() {}

  /** Returns a text option without surrounding white space. */
  public static Optional<String> text(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name))
        .map(OptionMapping::getAsString)
        .map(String::strip);
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
