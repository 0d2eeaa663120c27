package dev.relay.http.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.stream.Collectors;

/** Checks texts in requests. Each method throws a {@link Problem} that names the field. */
public final class Texts {
  private Texts() {}

  /** Returns the name of an enum constant as the interface spells it. */
  public static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the text if it has that length, no unpaired surrogates and no NUL, which databases refuse. */
  static String checked(String field, String text, int min, int max) {
    if (text.length() > max || (min > 0 && text.isBlank())) {
      throw Problem.invalid(
          field,
          field + " must be a text of " + min + " to " + max + " characters, this one has "
              + text.strip().length());
    }
    if (text.indexOf('\0') >= 0) {
      throw Problem.invalid(field, field + " must not contain the character U+0000");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        throw Problem.invalid(field, field + " must not contain an unpaired surrogate");
      }
    }
    return text;
  }

  /** Returns the text if it is one line without control characters. */
  public static String line(String field, String text) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(field, field + " must be one line without control characters");
    }
    return text.strip();
  }

  public static <E extends Enum<E>> E oneOf(String field, String text, E[] values) {
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw Problem.invalid(field, field + " must be one of " + allowed(values));
  }

  static <E extends Enum<E>> String allowed(E[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
  }

  public static Locale locale(String field, String tag) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
      if (!locale.getLanguage().isEmpty()) {
        return locale;
      }
    } catch (IllformedLocaleException e) {
      throw Problem.invalid(field, field + " must be a language tag such as en or es-MX");
    }
    throw Problem.invalid(field, field + " must be a language tag such as en or es-MX");
  }

  /** Returns a point in time to the millisecond, as stores keep it; throws an IllegalArgumentException that names an example for any other text. */
  public static Instant time(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a time such as 2027-01-31T12:00:00Z", e);
    }
  }
}
