package dev.relay.discord.staff;

import java.util.Set;

/**
 * The rules for who is staff.
 *
 * @param roles the ids of roles that may use the commands of staff
 * @param guilds the ids of the servers in which permissions count
 * @param channels the ids of the channels whose servers count if {@code guilds} is empty
 */
public record StaffRules(Set<String> roles, Set<String> guilds, Set<String> channels) {

  /** Copies the sets. */
  public StaffRules {
    roles = Set.copyOf(roles);
    guilds = Set.copyOf(guilds);
    channels = Set.copyOf(channels);
  }
}
