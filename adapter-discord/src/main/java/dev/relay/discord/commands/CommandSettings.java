package dev.relay.discord.commands;

import java.util.Set;

/**
 * What the operator chose about commands.
 *
 * @param forms what {@code /bug} and {@code /new_feature} ask for
 * @param staffRoles the ids of roles that may use the commands of staff, whatever permissions they have
 * @param leftOut the commands that are not offered, by their English names: for host bots that have commands of these names
 */
public record CommandSettings(FormSettings forms, Set<String> staffRoles, Set<String> leftOut) {
  /** The shipped forms, no further staff, all commands. */
  public static final CommandSettings DEFAULT =
      new CommandSettings(FormSettings.DEFAULT, Set.of(), Set.of());

  /** Copies the sets. */
  public CommandSettings {
    staffRoles = Set.copyOf(staffRoles);
    leftOut = Set.copyOf(leftOut);
  }
}
