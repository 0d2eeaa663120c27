package dev.relay.discord.feeds;

import dev.relay.core.text.Cut;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of feeds: RFC 822 and its successors (RSS), RFC 3339 and the date format of the W3C (Atom, Dublin Core), with the liberties that
 * publishers take: wrong or missing weekdays, full names of months, single digits, two-digit years, missing seconds, times or zones.
 * Independent of the machine's language and time zone. Stateless.
 */
final class FeedDates {
  private static final Pattern MAIL =
      Pattern.compile("(?:\\p{L}+\\.?,?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+"
          + "([A-Za-z]{3,9})\\.?,?[\\s-]+(\\d{4}|\\d{2})(?:,?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?)?"
          + "\\s*(.*)");
  private static final Pattern AMERICAN =
      Pattern.compile("(?:\\p{L}+\\.?,?\\s+)?([A-Za-z]{3,9})\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})"
          + "(?:,?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?\\s*(.*)");
  private static final Pattern ISO = Pattern.compile("(\\d{4})-?(\\d{2})(?:-?(\\d{2}))?"
      + "(?:[Tt\\s]\\s*(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,]\\d+)?)?)?\\s*(.*)");
  private static final Pattern OFFSET =
      Pattern.compile("(?:GMT|UTC|UT)?\\s*([+-])(\\d{1,2}):?(\\d{2})?(?:\\s*\\(.*\\))?");

  private static final int LONGEST = 200;

  private static final List<String> MONTHS = List.of(
      "january",
      "february",
      "march",
      "april",
      "may",
      "june",
      "july",
      "august",
      "september",
      "october",
      "november",
      "december");
  /** Hours before or after UTC: those of RFC 822, and those of Europe, which publishers use as well. */
  private static final Map<String, Integer> ZONES = Map.ofEntries(
      Map.entry("EST", -5),
      Map.entry("EDT", -4),
      Map.entry("CST", -6),
      Map.entry("CDT", -5),
      Map.entry("MST", -7),
      Map.entry("MDT", -6),
      Map.entry("PST", -8),
      Map.entry("PDT", -7),
      Map.entry("BST", 1),
      Map.entry("WEST", 1),
      Map.entry("CET", 1),
      Map.entry("MEZ", 1),
      Map.entry("CEST", 2),
      Map.entry("MESZ", 2),
      Map.entry("EET", 2),
      Map.entry("EEST", 3),
      Map.entry("MSK", 3),
      Map.entry("JST", 9));

  private FeedDates() {}

  /** Parses a date; returns empty for anything that is not one. A time without a zone is in UTC. */
  static Optional<Instant> parse(String text) {
    String date = Cut.to(text, LONGEST).strip();
    try {
      Matcher iso = ISO.matcher(date);
      if (iso.matches()) {
        int day = iso.group(3) == null ? 1 : number(iso.group(3));
        return at(number(iso.group(1)), number(iso.group(2)), day, iso, 4);
      }
      Matcher mail = MAIL.matcher(date);
      if (mail.matches()) {
        return at(year(mail.group(3)), month(mail.group(2)), number(mail.group(1)), mail, 4);
      }
      Matcher american = AMERICAN.matcher(date);
      if (american.matches()) {
        return at(
            number(american.group(3)),
            month(american.group(1)),
            number(american.group(2)),
            american,
            4);
      }
      return Optional.empty();
    } catch (DateTimeException | NumberFormatException notADate) {
      return Optional.empty();
    }
  }

  /** Reads hour, minute, second and zone from the groups of a match. */
  private static Optional<Instant> at(int year, int month, int day, Matcher match, int hour) {
    LocalDateTime time = LocalDateTime.of(
        year,
        month,
        day,
        optional(match.group(hour)),
        optional(match.group(hour + 1)),
        // A leap second is not worth the loss of the date.
        Math.min(59, optional(match.group(hour + 2))));
    return Optional.of(time.toInstant(zone(match.group(hour + 3))));
  }

  /** Returns a zone; UTC for a name that is not known, because the date matters more than the hour. */
  private static ZoneOffset zone(String text) {
    String name = text.strip();
    Matcher offset = OFFSET.matcher(name);
    if (offset.matches()) {
      int minutes = number(offset.group(2)) * 60 + optional(offset.group(3));
      return ZoneOffset.ofTotalSeconds((offset.group(1).equals("-") ? -60 : 60) * minutes);
    }
    return ZoneOffset.ofHours(ZONES.getOrDefault(name.toUpperCase(Locale.ROOT), 0));
  }

  /** Returns a month by its English name or the beginning of it. */
  private static int month(String name) {
    for (int i = 0; i < MONTHS.size(); i++) {
      if (MONTHS.get(i).startsWith(name.toLowerCase(Locale.ROOT))) {
        return i + 1;
      }
    }
    throw new DateTimeException("not an English month");
  }

  /** Returns a year of four digits; two digits are read as RFC 2822 reads them. */
  private static int year(String digits) {
    int year = number(digits);
    if (digits.length() == 4) {
      return year;
    }
    return year < 50 ? 2000 + year : 1900 + year;
  }

  private static int optional(String digits) {
    return digits == null ? 0 : number(digits);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
