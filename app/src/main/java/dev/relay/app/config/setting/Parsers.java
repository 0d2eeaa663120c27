package dev.relay.app.config.setting;

import dev.relay.app.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parsers of plain values and of lists of them. */
public final class Parsers {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Parsers() {}

  /**
   * Converts the text of a plain value.
   *
   * @param <T> the type of the value
   */
  @FunctionalInterface
  public interface Conversion<T> {
    /** Returns the value. If the text is wrong, returns empty or throws an IllegalArgumentException with the reason. */
    Optional<T> convert(String text);
  }

  /**
   * Returns a parser of one plain value.
   *
   * @param allowed the allowed values in words
   * @param conversion converts the text
   */
  public static <T> Parser<T> plain(String allowed, Conversion<T> conversion) {
    return new Plain<>(allowed, allowed, conversion, false);
  }

  /** Returns a parser of a setting that may be left out. */
  public static <T> Parser<Optional<T>> optional(Parser<T> inner) {
    return new Parser<>() {
      @Override
      public String allowed() {
        return inner.allowed();
      }

      @Override
      public String brief() {
        return inner.brief();
      }

      @Override
      public boolean isAddress() {
        return inner.isAddress();
      }

      @Override
      public Optional<Optional<T>> parse(String key, Value value, Faults faults) {
        Optional<T> result = inner.parse(key, value, faults);
        return result.isPresent() ? Optional.of(result) : Optional.empty();
      }
    };
  }

  /** Returns a parser of any text up to that length, blank text excepted. */
  public static Parser<String> text(int maxLength) {
    return plain(
        "a text of 1 to " + maxLength + " characters",
        text -> text.isBlank() || text.length() > maxLength ? Optional.empty() : Optional.of(text));
  }

  /** Returns a parser of text that matches a pattern, described by {@code allowed}. */
  public static Parser<String> matching(String allowed, Pattern pattern) {
    return plain(
        allowed, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  /** Returns a parser of language tags. */
  public static Parser<Locale> language() {
    return plain(
        "a language such as es or pt-BR",
        text -> text.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
            ? Optional.of(Locale.forLanguageTag(text))
            : Optional.empty());
  }

  /** Returns a parser of secrets. */
  public static Parser<Secret> secret() {
    return plain(
        "a secret of 1 to 4096 characters on one line",
        text -> text.isBlank() || text.length() > 4096 || text.chars().anyMatch(c -> c < ' ')
            ? Optional.empty()
            : Optional.of(new Secret(text)));
  }

  /** Returns a parser of whole numbers within these limits, both included. */
  public static Parser<Integer> integer(int from, int to) {
    return plain("a whole number from " + from + " to " + to, text -> {
      if (!text.matches("-?\\d{1,10}")) {
        return Optional.empty();
      }
      long number = Long.parseLong(text);
      return number < from || number > to ? Optional.empty() : Optional.of((int) number);
    });
  }

  /** Returns a parser of decimal numbers within these limits, both included. */
  public static Parser<Double> decimal(double from, double to) {
    return plain("a number from " + from + " to " + to, text -> {
      if (!text.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
        return Optional.empty();
      }
      double number = Double.parseDouble(text);
      return number < from || number > to ? Optional.empty() : Optional.of(number);
    });
  }

  /** Returns a parser of durations within these limits, both included. */
  public static Parser<Duration> duration(Duration from, Duration to) {
    String range = show(from) + " to " + show(to);
    return new Plain<>(
        "a duration from " + range + ": a number with ms, s, m, h or d",
        range,
        text -> parseDuration(text).filter(d -> d.compareTo(from) >= 0 && d.compareTo(to) <= 0),
        false);
  }

  /** Returns a parser of the constants of an enumeration. */
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(Parsers::nameOf).toList();
    return plain(
        "one of " + String.join(", ", names),
        text -> Arrays.stream(type.getEnumConstants())
            .filter(constant -> nameOf(constant).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst());
  }

  /** Returns a constant of an enumeration as the operator writes it: {@code feature-request} for {@code FEATURE_REQUEST}. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns a parser of paths. */
  public static Parser<Path> path() {
    return plain("a path", text -> {
      try {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    });
  }

  /** Returns a parser of addresses, described by {@code allowed}, of which user, password and query are never shown. */
  public static <T> Parser<T> address(String allowed, Conversion<T> conversion) {
    return new Plain<>(allowed, allowed, conversion, true);
  }

  /** Returns a parser of web addresses without user, query and fragment; a slash at the end is removed. */
  public static Parser<URI> webAddress(String... schemes) {
    List<String> allowedSchemes = List.of(schemes);
    return address(
        "an address that begins with " + String.join(":// or ", schemes)
            + "://, without user, query and fragment",
        text -> parseAddress(text)
            .filter(uri -> allowedSchemes.contains(String.valueOf(uri.getScheme())))
            .filter(uri -> isPlain(uri) && uri.getQuery() == null));
  }

  /** Returns a parser of web addresses as {@link #webAddress} does, but without a path. */
  public static Parser<URI> webOrigin(String... schemes) {
    List<String> allowedSchemes = List.of(schemes);
    return address(
        "an address that begins with " + String.join(":// or ", schemes)
            + "://, without path, user, query and fragment",
        text -> parseAddress(text)
            .filter(uri -> allowedSchemes.contains(String.valueOf(uri.getScheme())))
            .filter(
                uri -> isPlain(uri) && uri.getQuery() == null && uri.getPath().isEmpty()));
  }

  /** Returns a parser of addresses of documents, which may have a query. */
  public static Parser<URI> document() {
    return address(
        "an address that begins with https:// or http://, without user and fragment",
        text -> parseAddress(text)
            .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
            .filter(Parsers::isPlain));
  }

  private static boolean isPlain(URI uri) {
    return uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
  }

  /** Returns a parser of lists: a list in the file; in a variable, or as one plain value, separated by commas. */
  public static <T> Parser<List<T>> list(int max, Parser<T> item) {
    return new Parser<>() {
      @Override
      public String allowed() {
        return "a list of at most " + max + ", each " + item.allowed();
      }

      @Override
      public String brief() {
        return "at most " + max + ", each " + item.brief();
      }

      @Override
      public boolean isAddress() {
        return item.isAddress();
      }

      @Override
      public Optional<List<T>> parse(String key, Value value, Faults faults) {
        Optional<List<Value>> items = itemsOf(value);
        if (items.isEmpty() || items.get().size() > max) {
          faults.add(key, value, "expected " + allowed());
          return Optional.empty();
        }
        List<T> result = new ArrayList<>();
        int index = 0;
        for (Value each : items.get()) {
          item.parse(key + "[" + index + "]", each, faults).ifPresent(result::add);
          index++;
        }
        return Optional.of(List.copyOf(result));
      }
    };
  }

  /** Returns a duration in its largest whole unit: {@code 30m}. */
  public static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** Returns a value in the form in which the operator could write it. */
  static String show(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Parsers::show).orElse("not set");
    }
    if (value instanceof Collection<?> several) {
      return several.isEmpty()
          ? "none"
          : String.join(", ", several.stream().map(Parsers::show).toList());
    }
    if (value instanceof Duration duration) {
      return show(duration);
    }
    if (value instanceof Enum<?> constant) {
      return nameOf(constant);
    }
    return value instanceof Locale locale ? locale.toLanguageTag() : value.toString();
  }

  private static Optional<List<Value>> itemsOf(Value value) {
    if (value instanceof Value.Items items) {
      return Optional.of(items.values());
    }
    if (value instanceof Value.Text text) {
      return Optional.of(Arrays.stream(text.text().split(",", -1))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .map(part -> (Value) new Value.Text(part, text.source()))
          .toList());
    }
    return Optional.empty();
  }

  private static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  private static Optional<URI> parseAddress(String text) {
    try {
      return Optional.of(new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private record Plain<T>(String allowed, String brief, Conversion<T> conversion, boolean isAddress)
      implements Parser<T> {
    @Override
    public Optional<T> parse(String key, Value value, Faults faults) {
      Optional<T> result = Optional.empty();
      String expected = "expected " + allowed;
      if (value instanceof Value.Text text) {
        try {
          result = conversion.convert(text.text());
        } catch (IllegalArgumentException e) {
          expected = String.valueOf(e.getMessage());
        }
      }
      if (result.isEmpty()) {
        faults.add(key, value, expected);
      }
      return result;
    }
  }
}
