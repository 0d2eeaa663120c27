package dev.relay.discord.setup;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the operator chose about the set-up.
 *
 * @param locale the language of names and welcome messages
 * @param staffRoles the ids of roles that may post in the announcements
 * @param configured the ids of channels that Relay's configuration names already
 */
public record SetupSettings(
    Locale locale, Set<String> staffRoles, Map<ServerPlace, Long> configured) {
  /** In English, nothing more. */
  public static final SetupSettings DEFAULT = new SetupSettings(Locale.ENGLISH, Set.of(), Map.of());

  /** Copies the collections. */
  public SetupSettings {
    staffRoles = Set.copyOf(staffRoles);
    configured = Map.copyOf(configured);
  }
}
