package dev.relay.http.access;

import dev.relay.core.access.AgentAccount;
import dev.relay.http.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks passwords and throttles guessing, per address and user name and per address. It never throttles by the user name
 * alone: a stranger could then lock an agent out for any time. Thread-safe.
 */
public final class LoginGuard {
  /** This many times the free guesses of one address, from any addresses, count as an attack on the account. */
  private static final int ATTACK = 10;

  private final Passwords passwords;
  private final int free;
  private final GuessLimit perAddressAndAccount;
  private final AttemptLimit perAccount;
  private final AttemptLimit perAddress;
  private final InstantSource clock;

  /**
   * Creates the guard.
   *
   * @param passwords checks passwords
   * @param window the time within which failures are counted, and the longest wait
   * @param freeGuesses the failures of one address at one user name that cause no wait
   * @param failuresPerAddress the failures of one address within the window
   */
  public LoginGuard(
      Passwords passwords,
      Duration window,
      int freeGuesses,
      int failuresPerAddress,
      InstantSource clock) {
    this.passwords = passwords;
    this.free = freeGuesses;
    this.perAddressAndAccount = new GuessLimit(window);
    this.perAccount = new AttemptLimit((long) ATTACK * free, window);
    this.perAddress = new AttemptLimit(failuresPerAddress, window);
    this.clock = clock;
  }

  /**
   * Checks whether the password is the account's. An attempt is counted before it is checked, so that many simultaneous
   * attempts count in full; a right one is given back. The check takes as long for a user name that does not exist. While an
   * account is attacked from many addresses, each address has one guess before it has to wait.
   */
  boolean isRight(String username, Optional<AgentAccount> account, String password, String peer) {
    String pair = peer + " " + username;
    Instant now = clock.instant();
    take(perAddress, peer);
    perAddressAndAccount
        .take(pair, perAccount.isSpent(username, now) ? 1 : free, now)
        .ifPresent(wait -> {
          perAddress.giveBack(peer);
          throw tooMany(wait);
        });
    Optional<Boolean> right =
        passwords.tryVerify(password, account.flatMap(AgentAccount::passwordHash));
    if (right.isEmpty()) {
      perAddressAndAccount.giveBack(pair);
      perAddress.giveBack(peer);
      throw busy();
    }
    if (right.get()) {
      perAddressAndAccount.right(pair);
      perAddress.giveBack(peer);
    } else {
      Optional<Duration> unused = perAccount.take(username, now);
    }
    return right.get();
  }

  /**
   * Counts an attempt to guess a one-time link.
   *
   * @return gives the attempt back when run
   */
  Runnable countGuess(String peer) {
    take(perAddress, peer);
    return () -> perAddress.giveBack(peer);
  }

  String hash(String password) {
    return passwords.tryHash(password).orElseThrow(LoginGuard::busy);
  }

  private void take(AttemptLimit limit, String key) {
    limit.take(key, clock.instant()).ifPresent(wait -> {
      throw tooMany(wait);
    });
  }

  private static Problem tooMany(Duration wait) {
    return Problem.tooMany("too many failed attempts; try again later", wait);
  }

  private static Problem busy() {
    return Problem.unavailable(
        "busy", "too many log-ins at the moment; try again", Duration.ofSeconds(2));
  }
}
