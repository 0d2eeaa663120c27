package dev.relay.discord.commands;

import java.util.Set;

/**
 * What the operator chose about commands. Where neither {@code guilds} nor {@code channels} names a server, nobody is staff but those
 * who have one of the {@code staffRoles}.
 *
 * @param forms what {@code /bug} and {@code /new_feature} ask for
 * @param staffRoles the ids of roles that may use the commands of staff, whatever permissions they have
 * @param leftOut the commands that are not offered, by their English names: for host bots that have commands of these names
 * @param guilds the ids of the brand's servers: only there permissions make somebody staff, since a bot can be invited into any
 * @param channels the ids of the brand's channels: where {@code guilds} is empty, the servers that they belong to count instead
 */
public record CommandSettings(
    FormSettings forms,
    Set<String> staffRoles,
    Set<String> leftOut,
    Set<String> guilds,
    Set<String> channels) {
  /** The shipped forms, nobody staff, all commands. */
  public static final CommandSettings DEFAULT =
      new CommandSettings(FormSettings.DEFAULT, Set.of(), Set.of());

  /** Copies the sets. */
  public CommandSettings {
    staffRoles = Set.copyOf(staffRoles);
    leftOut = Set.copyOf(leftOut);
    guilds = Set.copyOf(guilds);
    channels = Set.copyOf(channels);
  }

  /** With no server named: nobody is staff but those who have one of the roles. */
  public CommandSettings(FormSettings forms, Set<String> staffRoles, Set<String> leftOut) {
    this(forms, staffRoles, leftOut, Set.of(), Set.of());
  }

  /** The same with those servers as the brand's, by their ids. */
  public CommandSettings inGuilds(Set<String> ids) {
    return new CommandSettings(forms, staffRoles, leftOut, ids, channels);
  }

  /** The same with those channels as the brand's, by their ids. */
  public CommandSettings withChannels(Set<String> ids) {
    return new CommandSettings(forms, staffRoles, leftOut, guilds, ids);
  }
}
