package dev.relay.discord;

import java.util.Set;

/**
 * The operator's settings of commands. If neither {@code guilds} nor {@code channels} names a server, only members with one of the
 * {@code staffRoles} are staff.
 *
 * @param forms the fields of {@code /bug} and {@code /new_feature}
 * @param staffRoles the ids of roles that may use the commands of staff, whatever their permissions
 * @param leftOut the commands that are not offered, by their English names, for host bots that have commands of these names
 * @param guilds the ids of the brand's servers; permissions make a member staff only there, because a bot can be invited anywhere
 * @param channels the ids of the brand's channels; if {@code guilds} is empty, the servers of these channels count instead
 */
public record CommandSettings(
    FormSettings forms,
    Set<String> staffRoles,
    Set<String> leftOut,
    Set<String> guilds,
    Set<String> channels) {
  /** The shipped forms, no staff, all commands. */
  public static final CommandSettings DEFAULT =
      new CommandSettings(FormSettings.DEFAULT, Set.of(), Set.of());

  /** Copies the sets. */
  public CommandSettings {
    staffRoles = Set.copyOf(staffRoles);
    leftOut = Set.copyOf(leftOut);
    guilds = Set.copyOf(guilds);
    channels = Set.copyOf(channels);
  }

  /** Creates settings without a server: only members with one of the roles are staff. */
  public CommandSettings(FormSettings forms, Set<String> staffRoles, Set<String> leftOut) {
    this(forms, staffRoles, leftOut, Set.of(), Set.of());
  }

  /** Returns a copy with the ids of the brand's servers. */
  public CommandSettings inGuilds(Set<String> ids) {
    return new CommandSettings(forms, staffRoles, leftOut, ids, channels);
  }

  /** Returns a copy with the ids of the brand's channels. */
  public CommandSettings withChannels(Set<String> ids) {
    return new CommandSettings(forms, staffRoles, leftOut, guilds, ids);
  }
}
