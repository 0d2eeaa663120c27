package dev.relay.discord.commands;

import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** One command of Relay's. Thread-safe. */
interface Command {

  /** How it is registered. */
  SlashCommandData data();

  /** Serves one use; does not block. */
  void run(SlashCommandInteractionEvent event);
}
