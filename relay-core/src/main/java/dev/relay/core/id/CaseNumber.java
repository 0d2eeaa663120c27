package dev.relay.core.id;

import java.util.Optional;

/**
 * The short number of a case, shown to people as {@code #1042}.
 *
 * @param value given by the store, positive
 */
public record CaseNumber(long value) {

  /** Parses what people type, {@code 1042} or {@code #1042}; returns empty if that is not a case number. */
  public static Optional<CaseNumber> parse(String text) {
    String digits = text.strip();
    if (digits.startsWith("#")) {
      digits = digits.substring(1);
    }
    if (digits.isEmpty()
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    long value = Long.parseLong(digits);
    return value > 0 ? Optional.of(new CaseNumber(value)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "#" + value;
  }
}
