package dev.relay.discord.commands;

import dev.relay.discord.PlayerEvents;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** One command of Relay's. Thread-safe. */
interface Command {

  /** How it is registered. */
  SlashCommandData data();

  /**
   * Serves one use; does not block.
   *
   * @param players through which events of the caller are handed in
   */
  void run(SlashCommandInteractionEvent event, PlayerEvents players);
}
