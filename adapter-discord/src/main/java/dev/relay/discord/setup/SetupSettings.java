package dev.relay.discord.setup;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The operator's settings of the set-up.
 *
 * @param locale the language of names and welcome messages
 * @param staffRoles the ids of roles that may post in the announcements
 * @param configured the ids of channels in Relay's configuration
 */
public record SetupSettings(
    Locale locale, Set<String> staffRoles, Map<ServerChannel, Long> configured) {
  /** English, without staff roles or configured channels. */
  public static final SetupSettings DEFAULT = new SetupSettings(Locale.ENGLISH, Set.of(), Map.of());

  /** Copies the collections. */
  public SetupSettings {
    staffRoles = Set.copyOf(staffRoles);
    configured = Map.copyOf(configured);
  }
}
