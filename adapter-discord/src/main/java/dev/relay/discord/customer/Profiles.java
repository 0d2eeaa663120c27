package dev.relay.discord.customer;

import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.customer.CustomerProfile.Detail;
import java.util.EnumSet;
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

  private record Known(String name, Optional<Locale> locale, Optional<Set<String>> roles) {}

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
    return known.get(customer).flatMap(Known::locale).orElse(defaultLocale);
  }

  /** Returns the customer's name; empty text if it is unknown. */
  public String nameOf(long customer) {
    return known.get(customer).map(Known::name).orElse("");
  }

  /** Merges new details into the customer's profile and returns it; what was never learnt since the start is marked as unknown. */
  public synchronized CustomerProfile profile(
      long customer, String displayName, Optional<Locale> locale, Optional<Set<String>> roles) {
    Known before = known.get(customer).orElse(new Known("", Optional.empty(), Optional.empty()));
    Known now = new Known(
        displayName.isBlank() ? before.name() : displayName,
        locale.or(before::locale),
        roles.or(before::roles));
    if (!now.equals(before)) {
      known.put(customer, now);
    }
    Set<Detail> unknown = EnumSet.noneOf(Detail.class);
    if (now.name().isBlank()) {
      unknown.add(Detail.NAME);
    }
    if (now.locale().isEmpty()) {
      unknown.add(Detail.LOCALE);
    }
    if (now.roles().isEmpty()) {
      unknown.add(Detail.ROLES);
    }
    return new CustomerProfile(
        Long.toString(customer),
        now.name(),
        now.locale().orElse(defaultLocale),
        now.roles().orElse(Set.of()),
        unknown);
  }
}
