package dev.relay.discord.player;

import dev.relay.core.customer.CustomerProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What Discord tells of players only now and then: the language only with commands and buttons, the roles only inside a server.
 * Thread-safe; forgets players beyond {@value #LIMIT}, and all of them at a restart.
 */
public final class Profiles {
  private static final int LIMIT = 50_000;

  private final Locale defaultLocale;
  private final Recent<Long, Known> known = new Recent<>(LIMIT);

  private record Known(String name, Locale locale, Set<String> roles) {}

  /** With the language of players of whom none is known. */
  public Profiles(Locale defaultLocale) {
    this.defaultLocale = defaultLocale;
  }

  /** The player's language as far as known. */
  public Locale localeOf(long player) {
    return known.get(player).map(Known::locale).orElse(defaultLocale);
  }

  /** What the player is called, as far as known; else empty. */
  public String nameOf(long player) {
    return known.get(player).map(Known::name).orElse("");
  }

  /** The player's profile, with what was known and what is known now. */
  public synchronized CustomerProfile profile(
      long player, String displayName, Optional<Locale> locale, Optional<Set<String>> roles) {
    Known before = known.get(player).orElse(new Known("", defaultLocale, Set.of()));
    Known now = new Known(
        displayName.isBlank() ? before.name() : displayName,
        locale.orElse(before.locale()),
        roles.orElse(before.roles()));
    if (!now.equals(before)) {
      known.put(player, now);
    }
    return new CustomerProfile(Long.toString(player), now.name(), now.locale(), now.roles());
  }
}
