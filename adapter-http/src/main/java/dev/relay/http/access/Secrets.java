package dev.relay.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Creates and compares tokens. Thread-safe. */
public final class Secrets {
  /** 256 bits cannot be guessed. */
  private static final int TOKEN_BYTES = 32;

  private static final int ID_BYTES = 15;

  private final SecureRandom random;

  public Secrets(SecureRandom random) {
    this.random = random;
  }

  /** Returns a new token. The prefix lets scanners for leaked secrets recognise it. */
  public String token(String prefix) {
    return prefix + base64(TOKEN_BYTES);
  }

  /** Returns a new unique id. */
  public String id() {
    return base64(ID_BYTES);
  }

  /** Returns the hash that the store keeps instead of a token. A plain hash is enough, because tokens cannot be guessed. */
  public static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Compares two secrets in constant time. */
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
