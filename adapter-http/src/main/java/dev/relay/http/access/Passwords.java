package dev.relay.http.access;

import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  /** With ı as the first letter, too: so the library wrote the name of the variant on a Turkish machine. */
  private static final Pattern HASH = Pattern.compile(
      "\\$argon2[iı]d\\$v=(\\d{1,3})\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,4})\\$([^$]+)\\$([^$]+)");

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
        + base64(new byte[SALT_BYTES]) + "$" + base64(new byte[HASH_BYTES]);
  }

  /** Returns the hash of a password, with its salt and parameters. Waits for a free slot. */
  public String hash(String password) {
    slots.acquireUninterruptibly();
    try {
      return hashed(password);
    } finally {
      slots.release();
    }
  }

  /** Returns a hash as {@link #hash} does; empty if too many others are waiting. */
  Optional<String> tryHash(String password) {
    return inTurn(() -> hashed(password));
  }

  /**
   * Checks a password against a hash. Without a hash the answer is false, after the same work. Empty if too many others are
   * waiting.
   */
  Optional<Boolean> tryVerify(String password, Optional<String> hash) {
    String against = hash.orElse(nobodysHash);
    return inTurn(() -> matches(password, against) && hash.isPresent());
  }

  /**
   * Hashes and writes the result itself. The library converts the name of the variant by the rules of the machine's language, and in
   * Turkish and Azeri the capital of i is not I.
   */
  private String hashed(String password) {
    Hash hash = function.hash(password.getBytes(StandardCharsets.UTF_8));
    return "$argon2id$v=" + function.getVersion() + "$m=" + function.getMemory() + ",t="
        + function.getIterations() + ",p=" + function.getParallelism() + "$"
        + base64(hash.getSaltBytes()) + "$" + base64(hash.getBytes());
  }

  private static boolean matches(String password, String hash) {
    Matcher matcher = parsed(hash);
    byte[] salt = Base64.getDecoder().decode(matcher.group(5));
    byte[] expected = Base64.getDecoder().decode(matcher.group(6));
    byte[] actual =
        functionOf(hash).hash(password.getBytes(StandardCharsets.UTF_8), salt).getBytes();
    return MessageDigest.isEqual(expected, actual);
  }

  /** Returns the function that made a hash. */
  static Argon2Function functionOf(String hash) {
    Matcher matcher = parsed(hash);
    return Argon2Function.getInstance(
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        Base64.getDecoder().decode(matcher.group(6)).length,
        Argon2.ID,
        Integer.parseInt(matcher.group(1)));
  }

  private static Matcher parsed(String hash) {
    Matcher matcher = HASH.matcher(hash);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("the stored password hash is not one of Argon2id");
    }
    return matcher;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
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
