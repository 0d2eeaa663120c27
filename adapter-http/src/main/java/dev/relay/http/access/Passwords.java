package dev.relay.http.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes agents' passwords with Argon2id. Each hash takes {@value #MEMORY_KIB} KiB and some ten milliseconds; at most
 * {@value #AT_ONCE} are made at a time, so that a flood of log-ins takes neither all memory nor all processors. Thread-safe.
 */
public final class Passwords {
  /** The shortest password, in UTF-16 units: what NIST SP 800-63B asks for where attempts are limited. */
  public static final int MIN_LENGTH = 8;
  /** The longest password, in UTF-16 units. */
  public static final int MAX_LENGTH = 200;

  /** OWASP's cheat sheet on storing passwords: 19 MiB, two iterations, one lane. */
  private static final int MEMORY_KIB = 19_456;

  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 2;
  private static final long MAX_WAIT_MILLIS = 3_000;

  private final Argon2Function function;
  private final String nobodysHash;
  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  /** Hashes of the strength that agents' passwords need. */
  public Passwords() {
    this(MEMORY_KIB);
  }

  /** Hashes that take that much memory: weaker ones are for tests, which log in hundreds of times. */
  public Passwords(int memoryKib) {
    function = Argon2Function.getInstance(memoryKib, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
    nobodysHash = function.hash("nobody has this password").getResult();
  }

  /** The hash of a password, with its salt and parameters. Waits until it is its turn. */
  public String hash(String password) {
    slots.acquireUninterruptibly();
    try {
      return function.hash(password).getResult();
    } finally {
      slots.release();
    }
  }

  /** As {@link #hash}, but empty where too many others wait. */
  Optional<String> tryHash(String password) {
    return inTurn(() -> function.hash(password).getResult());
  }

  /**
   * Whether the password belongs to the hash; false where there is no hash, after the same work. Empty where too many others
   * wait.
   */
  Optional<Boolean> tryVerify(String password, Optional<String> hash) {
    String against = hash.orElse(nobodysHash);
    return inTurn(() ->
        Argon2Function.getInstanceFromHash(against).check(password, against) && hash.isPresent());
  }

  private <T> Optional<T> inTurn(Supplier<T> work) {
    try {
      if (!slots.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      slots.release();
    }
  }
}
