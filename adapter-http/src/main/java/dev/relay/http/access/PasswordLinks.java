package dev.relay.http.access;

import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Links by which an agent sets a password, once. Thread-safe. */
public final class PasswordLinks {
  /** How long a link can be used. */
  public static final Duration VALID_FOR = Duration.ofDays(1);

  private final Store store;
  private final Secrets secrets;
  private final InstantSource clock;

  /** With the store that keeps them, and randomness that nobody can guess. */
  public PasswordLinks(Store store, SecureRandom random, InstantSource clock) {
    this.store = store;
    this.secrets = new Secrets(random);
    this.clock = clock;
  }

  /** Whether nobody can log in yet: no account has a password. */
  public boolean isFirstStart() {
    return store.accounts().all().stream()
        .allMatch(account -> account.passwordHash().isEmpty());
  }

  /**
   * Makes a link and ends the earlier ones of that user name. Where there is no such account, using the link makes it.
   *
   * @param username whose password it sets, as in {@link AgentAccount}
   * @return the link's path behind the public address, with the user name, which the page shows, and the token; a secret
   */
  public String create(String username) {
    Instant now = clock.instant();
    String token = secrets.token("rp_");
    store.tokens().revokeAll(AccessToken.Kind.PASSWORD_LINK, username);
    store
        .tokens()
        .add(new AccessToken(
            Secrets.hash(token),
            AccessToken.Kind.PASSWORD_LINK,
            username,
            Map.of(),
            now,
            now,
            now.plus(VALID_FOR)));
    return "/desk/setup?username=" + username + "#" + token;
  }
}
