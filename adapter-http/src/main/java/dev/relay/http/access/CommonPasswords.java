package dev.relay.http.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognises passwords that are guessed first, as NIST SP 800-63B section 5.1.1.2 asks: common ones, and those made of the user
 * name or of words of this product. Stateless.
 */
public final class CommonPasswords {
  /** A longer password may begin with a common word: it is a phrase. */
  private static final int PHRASE = 16;

  private static final int MIN_DIFFERENT = 3;
  private static final int MIN_NAME = 3;
  private static final Set<String> PRODUCT = Set.of(
      "relay",
      "admin",
      "administrator",
      "agent",
      "agents",
      "support",
      "helpdesk",
      "service",
      "desk",
      "chat",
      "discord",
      "twilio",
      "team",
      "login",
      "password",
      "passwort",
      "contraseña",
      "contrasena",
      "welcome",
      "bienvenido");

  private CommonPasswords() {}

  /** Read at first use: a server that starts does not wait for it. */
  private static final class Lazy {
    static final Set<String> WORDS = read();

    private static Set<String> read() {
      try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
        if (in == null) {
          throw new IllegalStateException("common-passwords.txt is missing in the jar");
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
            .lines()
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the list of common passwords", e);
      }
    }
  }

  /**
   * Returns why a password is too easy to guess, as the end of a sentence that begins with "the password"; empty if it is not.
   *
   * @param username the user name that it is for
   */
  public static Optional<String> fault(String password, String username) {
    String plain = password.strip().toLowerCase(Locale.ROOT);
    if (isCommon(plain)) {
      return Optional.of("is one of the most common passwords, or a common word with digits");
    }
    if (plain.codePoints().distinct().count() < MIN_DIFFERENT || isSequence(plain)) {
      return Optional.of("consists of one repeated or counted-up character");
    }
    if (isMadeOf(plain, username.toLowerCase(Locale.ROOT))) {
      return Optional.of("consists of the user name or of words of this product, and digits");
    }
    return Optional.empty();
  }

  private static boolean isCommon(String plain) {
    return Lazy.WORDS.contains(plain)
        || (plain.length() < PHRASE && Lazy.WORDS.contains(withoutDigitsAround(plain)));
  }

  /** Removes the digits and punctuation that people put around a word. */
  private static String withoutDigitsAround(String text) {
    return text.replaceFirst("^\\P{L}+", "").replaceFirst("\\P{L}+$", "");
  }

  /** Checks whether each character follows the one before, upwards or downwards, as in abcdefgh and 87654321. */
  private static boolean isSequence(String text) {
    int step = text.length() < 2 ? 0 : text.charAt(1) - text.charAt(0);
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) - text.charAt(i - 1) != step) {
        return false;
      }
    }
    return Math.abs(step) <= 1;
  }

  /** Checks whether nothing but digits and punctuation is left without the user name, its parts, and words of this product. */
  private static boolean isMadeOf(String plain, String username) {
    String left = username.isEmpty() ? plain : plain.replace(username, "");
    for (String part : username.split("[^\\p{L}]+", -1)) {
      left = part.length() < MIN_NAME ? left : left.replace(part, "");
    }
    boolean found = left.length() < plain.length();
    for (String word : PRODUCT) {
      found |= left.contains(word);
      left = left.replace(word, "");
    }
    return found && left.codePoints().noneMatch(Character::isLetter);
  }
}
