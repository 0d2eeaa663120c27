package dev.relay.http.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes agents' passwords with Argon2id. Each hash takes {@value #MEMORY_KIB} KiB and some ten milliseconds; at most {@value
 * #AT_ONCE} are computed at a time, so that a flood of log-ins takes neither all memory nor all processors. Thread-safe.
 */
public final class Passwords {
  /** The shortest password, in UTF-16 units: what NIST SP 800-63B requires if attempts are limited. */
  public static final int MIN_LENGTH = 8;
  /** The longest password, in UTF-16 units. */
  public static final int MAX_LENGTH = 200;

  /** OWASP's cheat sheet on storing passwords: 19 MiB, two iterations, one lane. */
  private static final int MEMORY_KIB = 19_456;

  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 64;
  private static final int AT_ONCE = 2;
  private static final long MAX_WAIT_MILLIS = 3_000;

  private final Argon2Function function;
  /** An empty hash of the same strength: matches no password, but costs as much to check as any other. */
  final String nobodysHash;

  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  /** Creates hashes of the strength that agents' passwords need. */
  public Passwords() {
    this(MEMORY_KIB);
  }

  /** Creates hashes that take that much memory; weaker ones are for tests, which log in hundreds of times. */
  public Passwords(int memoryKib) {
    function = Argon2Function.getInstance(memoryKib, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
    nobodysHash = "$argon2id$v=19$m=" + memoryKib + ",t=" + ITERATIONS + ",p=" + LANES + "$"
        + base64(SALT_BYTES) + "$" + base64(HASH_BYTES);
  }

  /** Returns the hash of a password, with its salt and parameters. Waits for a free slot. */
  public String hash(String password) {
    slots.acquireUninterruptibly();
    try {
      return function.hash(password).getResult();
    } finally {
      slots.release();
    }
  }

  /** Returns a hash as {@link #hash} does; empty if too many others are waiting. */
  Optional<String> tryHash(String password) {
    return inTurn(() -> function.hash(password).getResult());
  }

  /**
   * Checks a password against a hash. Without a hash the answer is false, after the same work. Empty if too many others are
   * waiting.
   */
  Optional<Boolean> tryVerify(String password, Optional<String> hash) {
    String against = hash.orElse(nobodysHash);
    return inTurn(() ->
        Argon2Function.getInstanceFromHash(against).check(password, against) && hash.isPresent());
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
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
