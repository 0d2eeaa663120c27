package dev.relay.discord.interaction;

import dev.relay.discord.extension.CustomerAccess;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** One of Relay's slash commands. Thread-safe. */
public interface Command {

  /** Returns the definition under which the command is registered. */
  SlashCommandData data();

  /**
   * Handles one use of the command. Does not block.
   *
   * @param customers submits events of the caller and sends messages to them
   */
  void run(SlashCommandInteractionEvent event, CustomerAccess customers);
}
