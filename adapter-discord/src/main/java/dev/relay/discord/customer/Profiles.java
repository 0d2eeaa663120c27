package dev.relay.discord.customer;

import dev.relay.core.customer.CustomerProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles of customers, which Discord sends piecemeal: the language only with commands and buttons, the roles only in a server.
 * Keeps the {@value #LIMIT} profiles that were used last, in memory only. Thread-safe.
 */
public final class Profiles {
  private static final int LIMIT = 50_000;

  private final Locale defaultLocale;
  private final LruCache<Long, Known> known = new LruCache<>(LIMIT);

  private record Known(String name, Locale locale, Set<String> roles) {}

  /**
   * Creates an empty cache.
   *
   * @param defaultLocale the language of customers whose language is unknown
   */
  public Profiles(Locale defaultLocale) {
    this.defaultLocale = defaultLocale;
  }

  /** Returns the customer's language, or the default if it is unknown. */
  public Locale localeOf(long customer) {
    return known.get(customer).map(Known::locale).orElse(defaultLocale);
  }

  /** Returns the customer's name; empty text if it is unknown. */
  public String nameOf(long customer) {
    return known.get(customer).map(Known::name).orElse("");
  }

  /** Merges new details into the customer's profile and returns it. */
  public synchronized CustomerProfile profile(
      long customer, String displayName, Optional<Locale> locale, Optional<Set<String>> roles) {
    Known before = known.get(customer).orElse(new Known("", defaultLocale, Set.of()));
    Known now = new Known(
        displayName.isBlank() ? before.name() : displayName,
        locale.orElse(before.locale()),
        roles.orElse(before.roles()));
    if (!now.equals(before)) {
      known.put(customer, now);
    }
    return new CustomerProfile(Long.toString(customer), now.name(), now.locale(), now.roles());
  }
}
