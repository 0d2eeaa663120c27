package dev.relay.discord.commands;

import java.util.Optional;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;

/** Reads what was given to a command. Stateless. */
final class Options {
  private Options() {}

  /** A text without white space around it. */
  static Optional<String> text(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name))
        .map(OptionMapping::getAsString)
        .map(String::strip);
  }

  /** A text in which {@code \n} begins a new line, because Discord's commands take a single one. */
  static Optional<String> lines(SlashCommandInteractionEvent event, String name) {
    return text(event, name).map(text -> text.replace("\\n", "\n"));
  }

  /** A whole number. */
  static Optional<Long> number(SlashCommandInteractionEvent event, String name) {
    return Optional.ofNullable(event.getOption(name)).map(OptionMapping::getAsLong);
  }
}
