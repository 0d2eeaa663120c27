package dev.relay.http;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.http.access.AccountRoutes;
import dev.relay.http.access.CommonPasswords;
import dev.relay.http.access.Passwords;
import dev.relay.http.access.Secrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Sets agents' passwords from outside the server: hashes for a command line, and links that set a password once. Thread-safe. */
public final class AgentPasswords {
  /** The shortest password, in UTF-16 units. */
  public static final int MIN_LENGTH = Passwords.MIN_LENGTH;
  /** The longest password, in UTF-16 units. */
  public static final int MAX_LENGTH = Passwords.MAX_LENGTH;
  /** How long a link is valid. */
  public static final Duration LINK_VALID_FOR = Duration.ofDays(1);

  /** The user name of the account that the link of a server's first start creates. */
  public static final String FIRST_AGENT = "admin";

  private final AccessStore store;
  private final Secrets secrets;
  private final InstantSource clock;

  /**
   * Creates links in that store.
   *
   * @param random must be unpredictable: the links are secrets
   */
  public AgentPasswords(AccessStore store, SecureRandom random, InstantSource clock) {
    this.store = store;
    this.secrets = new Secrets(random);
    this.clock = clock;
  }

  /** Returns the hash to store for a password. Takes some ten milliseconds and 19 MiB of memory. */
  public static String hash(String password) {
    return new Passwords().hash(password);
  }

  /**
   * Returns why a password is too easy to guess, as the end of a sentence that begins with "the password"; empty if it is not.
   *
   * @param username the user name that the password is for
   */
  public static Optional<String> fault(String password, String username) {
    return CommonPasswords.fault(password, username);
  }

  /** Checks whether no account has a password yet, so that nobody can log in. */
  public boolean isFirstStart() {
    return store.accounts().all().stream()
        .allMatch(account -> account.passwordHash().isEmpty());
  }

  /**
   * Checks whether the first start of a server has printed a link that still works. It ends when an account gets a password.
   *
   * @param store the store with the accounts
   * @param now the present time
   */
  public static boolean hasFirstLink(AccessStore store, Instant now) {
    return store.accounts().all().stream().allMatch(it -> it.passwordHash().isEmpty())
        && store.tokens().of(AccessToken.Kind.PASSWORD_LINK, FIRST_AGENT).stream()
            .anyMatch(link -> now.isBefore(link.expiresAt())
                && link.attributes().containsKey(AccountRoutes.FIRST_START));
  }

  /**
   * Creates a link and revokes the earlier links of that user name. If there is no such account, using the link creates
   * it. A link that was created while nobody had a password ends when somebody has one.
   *
   * @param username the user name whose password the link sets, as in {@link AgentAccount}
   * @return the link's path, to be appended to the public address; it contains a secret token
   */
  public String createLink(String username) {
    Instant now = clock.instant();
    String token = secrets.token("rp_");
    boolean isFirst = isFirstStart();
    store.tokens().revokeAll(AccessToken.Kind.PASSWORD_LINK, username);
    store
        .tokens()
        .add(new AccessToken(
            Secrets.hash(token),
            AccessToken.Kind.PASSWORD_LINK,
            username,
            isFirst ? Map.of(AccountRoutes.FIRST_START, "true") : Map.of(),
            now,
            now,
            now.plus(LINK_VALID_FOR)));
    return "/desk/setup?username=" + username + "#" + token;
  }
}
