package dev.relay.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes and compares tokens. Thread-safe. */
public final class Secrets {
  /** 256 bits: beyond guessing. */
  private static final int TOKEN_BYTES = 32;

  private static final int ID_BYTES = 15;

  private final SecureRandom random;

  public Secrets(SecureRandom random) {
    this.random = random;
  }

  /** A new token; the prefix lets scanners for leaked secrets recognise it. */
  public String token(String prefix) {
    return prefix + base64(TOKEN_BYTES);
  }

  /** A new id that nobody meets twice. */
  public String id() {
    return base64(ID_BYTES);
  }

  /** What the store keeps in place of a token. A plain hash is enough for what cannot be guessed. */
  public static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether both are the same, in a time that does not depend on where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private String base64(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
