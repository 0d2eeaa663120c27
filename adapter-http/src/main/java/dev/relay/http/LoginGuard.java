package dev.relay.http;

import dev.relay.core.access.AgentAccount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Checks passwords, with limits per account and per address. Thread-safe. */
final class LoginGuard {
  private final Passwords passwords;
  private final AttemptLimit perAccount;
  private final AttemptLimit perAddress;
  private final InstantSource clock;

  LoginGuard(Passwords passwords, AccessLimits limits, InstantSource clock) {
    this.passwords = passwords;
    this.perAccount = new AttemptLimit(limits.loginFailuresPerAccount(), limits.window());
    this.perAddress = new AttemptLimit(limits.loginFailuresPerAddress(), limits.window());
    this.clock = clock;
  }

  /**
   * Whether that is the account's password. An attempt is counted before it is checked, so that many at once count as many, and
   * given back when it was right. Takes as long for a user name that does not exist.
   */
  boolean isRight(String username, Optional<AgentAccount> account, String password, String peer) {
    take(perAddress, peer);
    try {
      take(perAccount, username);
    } catch (Problem tooMany) {
      perAddress.giveBack(peer);
      throw tooMany;
    }
    Optional<Boolean> right =
        passwords.tryVerify(password, account.flatMap(AgentAccount::passwordHash));
    if (right.isEmpty() || right.get()) {
      perAccount.giveBack(username);
      perAddress.giveBack(peer);
    }
    return right.orElseThrow(LoginGuard::busy);
  }

  /** Counts an attempt to guess a one-time link; answers what gives it back. */
  Runnable countGuess(String peer) {
    take(perAddress, peer);
    return () -> perAddress.giveBack(peer);
  }

  String hash(String password) {
    return passwords.tryHash(password).orElseThrow(LoginGuard::busy);
  }

  private void take(AttemptLimit limit, String key) {
    limit.take(key, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("too many failed attempts; try again later", wait);
    });
  }

  private static Problem busy() {
    return Problem.unavailable(
        "busy", "too many people log in at the moment", Duration.ofSeconds(2));
  }
}
