package dev.relay.core.virtualagent;

import dev.relay.core.text.Wording;
import java.util.Locale;
import java.util.Map;

/** The texts of the built-in virtual agent, in the customer's language or else in English. Thread-safe. */
final class FaqTexts {
  private static final int MAX_TEXT = 2_000;

  private final Wording wording;

  /**
   * Takes the shipped texts with the operator's overrides.
   *
   * @throws IllegalArgumentException if a key names no text, or a text is blank or longer than {@value #MAX_TEXT} characters
   */
  FaqTexts(Map<String, String> overrides) {
    wording = Wording.of(FaqTexts.class::getResourceAsStream, "faq", overrides);
    overrides.forEach((key, text) -> {
      if (text.isBlank() || text.length() > MAX_TEXT) {
        throw new IllegalArgumentException("the text \"" + key + "\" must have 1 to " + MAX_TEXT
            + " characters; it has " + text.length());
      }
    });
  }

  /** Returns the shipped texts. */
  static Wording shipped() {
    return Wording.of(FaqTexts.class::getResourceAsStream, "faq");
  }

  /** Returns the text of that name in the language of the locale, else in English. */
  String get(String name, Locale locale) {
    return wording.get(locale, name);
  }
}
